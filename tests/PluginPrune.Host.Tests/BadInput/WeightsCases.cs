using System.IO.Compression;
using System.Text;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

internal static class WeightsCases
{
    private const int Header = 20;

    // Layer 0 has 16 filters: beta, gamma, mean and variance come first.
    private const int FirstGamma = Header + (16 * 4);

    public static IEnumerable<BadCase> All =>
    [
        Bytes("empty", [], "empty"),
        Bytes("cut in the header", BadFiles.Weights[..15], "15 bytes", "header"),
        Bytes("the header alone", BadFiles.Weights[..Header], "beta of layer 0", "line"),
        Bytes("cut in a gamma", BadFiles.Weights[..(FirstGamma + 6)], "gamma of layer 0", "line"),
        Bytes("cut in half", BadFiles.Weights[..(BadFiles.Weights.Length / 2)], "weight of layer", "get the file again"),
        Bytes("one byte short", BadFiles.Weights[..^1], "weight of layer 33", "the file has"),
        Bytes("one number too long", [.. BadFiles.Weights, 0, 0, 0, 0], "4 bytes are left over"),
        Bytes("twice", [.. BadFiles.Weights, .. BadFiles.Weights], "left over"),
        Bytes("an old header on new weights", BadFiles.With(BadFiles.Weights, 4, 0, 0, 0, 0), "left over"),
        Bytes("NaN", BadFiles.With(BadFiles.Weights, FirstGamma, 0, 0, 0xC0, 0x7F), "gamma of layer 0", "NaN"),
        Bytes("infinite", BadFiles.With(BadFiles.Weights, BadFiles.Weights.Length - 4, 0, 0, 0x80, 0xFF), "layer 33", "infinite"),
        Bytes("a Git LFS pointer", Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"), "Git LFS", "git lfs pull"),
        Bytes("HTML", Encoding.ASCII.GetBytes("<!DOCTYPE html>\n<html>404</html>\n"), "HTML"),
        Bytes("the cfg in its place", BadFiles.Cfg, "text"),
        Bytes("gzip", Zip(BadFiles.Weights), "gzip"),
        Bytes("taken for UTF-8", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(BadFiles.Weights)), "EF BF BD"),
        File("3 GB of nothing", static work => BadFiles.MakeSparse(work["net.weights"], 3L << 30), "left over"),
        File("a folder", static work => Directory.CreateDirectory(work["net.weights"]), "folder"),
        File("missing", static _ => { }, "net.weights", "--weights"),
    ];

    private static BadCase Bytes(string name, byte[] weights, params string[] words) =>
        new("weights: " + name, 2, ["net.weights", .. words], work => BadFiles.Put(work, BadFiles.Cfg, weights));

    private static BadCase File(string name, Action<Workplace> make, params string[] words) => new("weights: " + name, 2, words, work =>
    {
        System.IO.File.WriteAllBytes(work["net.cfg"], BadFiles.Cfg);
        make(work);
    });

    private static byte[] Zip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return stream.ToArray();
    }
}
