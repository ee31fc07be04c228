using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>Faults of the machine, as far as any user can bring them about on any Unix.</summary>
internal static class MachineCases
{
    private const string Run = "\"$0\" \"$@\"";

    private static string[] Json => ["prune", "--criterion", "slim", "--no-verify", "--model", "net.cfg", "--out", "out", "--json"];

    public static IEnumerable<BadCase> All =>
    [
        Shell("a cfg that is a pipe", 2, $"rm net.cfg; mkfifo net.cfg; {Run}; code=$?; rm net.cfg; cp copy.cfg net.cfg; exit $code", "net.cfg", "empty"),
        Shell("weights that are a pipe", 2, $"rm net.weights; mkfifo net.weights; {Run}; code=$?; rm net.weights; cp copy.weights net.weights; exit $code", "net.weights", "empty"),
        Shell("a cfg without end", 2, $"ln -sf /dev/zero net.cfg; {Run}; code=$?; rm net.cfg; cp copy.cfg net.cfg; exit $code", "net.cfg", "empty"),
        Shell("weights without end", 2, $"ln -sf /dev/zero net.weights; {Run}; code=$?; rm net.weights; cp copy.weights net.weights; exit $code", "net.weights", "empty"),
        Shell("a checkpoint that is a pipe", 2, $"mkfifo net.pt; {Run}; code=$?; rm net.pt; exit $code", "net.pt", "pipe") with { Arguments = ["inspect", "--model", "net.pt"] },
        Shell("a checkpoint without end", 2, $"ln -s /dev/zero net.pt; {Run}; code=$?; rm net.pt; exit $code", "net.pt", "pipe") with { Arguments = ["inspect", "--model", "net.pt"] },
        Shell("an ONNX file that is a pipe", 2, $"mkfifo net.onnx; {Run}; code=$?; rm net.onnx; exit $code", "net.onnx", "pipe") with { Arguments = ["inspect", "--model", "net.onnx"] },
        Shell("an ONNX file without end", 2, $"ln -s /dev/zero net.onnx; {Run}; code=$?; rm net.onnx; exit $code", "net.onnx", "pipe") with { Arguments = ["inspect", "--model", "net.onnx"] },
        Shell("a cfg that leads to itself", 2, $"rm net.cfg; ln -s net.cfg net.cfg; {Run}; code=$?; rm net.cfg; cp copy.cfg net.cfg; exit $code", "net.cfg", "links"),
        Shell("a cfg that leads nowhere", 2, $"ln -sf /nowhere/at/all net.cfg; {Run}; code=$?; rm net.cfg; cp copy.cfg net.cfg; exit $code", "net.cfg"),
        Shell("files of at most 1 KB", 1, $"ulimit -f 1; exec {Run}", "out/net", "longer than a limit") with { Arguments = Json[..^1] },
        Shell("files of at most 100 KB", 1, $"ulimit -f 100; exec {Run}", "out/net.weights", "longer than a limit"),
        Shell("a folder of the system", 1, $"exec {Run}", "/proc/pluginprune") with { Arguments = [.. Json[..^2], "/proc/pluginprune"] },
        Shell("standard output full", 1, $"exec {Run} > /dev/full", "standard output", "No space left") with { IsWritten = true },
        Shell("standard output full, JSON", 1, $"exec {Run} > /dev/full", "standard output", "No space left") with { IsWritten = true, Arguments = Json },
        Shell("standard output closed", 1, $"exec {Run} >&-", "standard output") with { IsWritten = true },
    ];

    private static BadCase Shell(string name, int exitCode, string script, params string[] words) => new("machine: " + name, exitCode, words, static work =>
    {
        BadFiles.PutSample(work);
        File.WriteAllBytes(work["copy.cfg"], BadFiles.Cfg);
        File.WriteAllBytes(work["copy.weights"], BadFiles.Weights);
    })
    { Shell = script };
}
