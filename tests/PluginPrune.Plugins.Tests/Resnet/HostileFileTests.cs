using System.Diagnostics;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Resnet;

/// <summary>Files that are not what they should be, on purpose or not: each is refused with its true reason, at once, and nothing of it is run.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly ResnetSketch _sketch = new();

    public static TheoryData<string, byte[], string> Pickles => new()
    {
        { "a call", PickleText.Of(PickleText.Global("os", "system"), "(", PickleText.Text("touch /tmp/pwned"), "tR"), "os.system" },
        { "a call among tensors", PickleText.Of("}(", PickleText.Text("a"), PickleText.Global("builtins", "exec"), "(", PickleText.Text("1"), "tR", PickleText.Text("w"), PickleText.Tensor(1, 0, [1], [1]), "u"), "builtins.exec" },
        { "an object", PickleText.Of(PickleText.Global("models.yolo", "Model"), ")", new byte[] { 0x81 }, "}b"), "models.yolo.Model" },
        { "no dictionary", PickleText.Of("]"), "a list" },
        { "nothing in it", PickleText.Of("}"), "no tensors by name" },
        { "nothing", PickleText.Of("N"), "nothing" },
        { "itself", PickleText.Of("}q", new byte[] { 0 }, "(", PickleText.Text("state_dict"), "h", new byte[] { 0 }, "u"), "no tensors by name" },
        { "an object in itself", PickleText.Of(PickleText.Global("collections", "OrderedDict"), ")Rq", new byte[] { 0 }, "h", new byte[] { 0 }, "b"), "no tensors by name" },
        { "an unknown memo", PickleText.Of("h", new byte[] { 9 }), "value 9" },
        { "no such operation", PickleText.Of(new byte[] { 0xff }), "is ff" },
        { "the stack's end", PickleText.Of("0"), "damaged" },
        { "a run without a start", PickleText.Of("}u"), "damaged" },
        { "half an entry", PickleText.Of("}(", PickleText.Text("a"), "u"), "damaged" },
        { "a long text", PickleText.Of(new byte[] { (byte)'X', 255, 255, 255, 127 }), "cut off" },
        { "a longer text", PickleText.Of(new byte[] { 0x8d, 255, 255, 255, 255, 255, 255, 255, 255 }), "cut off" },
        { "a negative length", PickleText.Of(new byte[] { (byte)'T', 255, 255, 255, 255 }), "cut off" },
        { "a long number", PickleText.Of(new byte[] { 0x8b, 255, 255, 255, 127 }), "number of 2147483647 bytes" },
        { "a new protocol", new byte[] { 0x80, 77, (byte)'N', (byte)'.' }, "protocol 77" },
        { "too much", [0x80, 2, .. Enumerable.Repeat((byte)'}', 3_000_000), (byte)'.'], "2,000,000 operations" },
        { "too many marks", [0x80, 2, .. Enumerable.Repeat((byte)'(', 900_000), .. Enumerable.Repeat((byte)'t', 900_000), (byte)'.'], "no tensors by name" },
        { "no end", PickleText.Of("}")[..^1], "cut off" },
        { "elements beyond", PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(4, 1, [2, 2], [2, 1]), "u"), "beyond the 4" },
        { "repeated elements", PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(1, 0, [1 << 14, 1 << 14], [0, 0]), "u"), "beyond the 1" },
        { "overflowing sizes", PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(4, 0, [int.MaxValue, int.MaxValue], [int.MaxValue, int.MaxValue]), "u"), "beyond the 4" },
        { "negative sizes", PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(4, 0, [-4], [1]), "u"), "sizes and strides" },
        { "a huge storage", PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(int.MaxValue, 0, [int.MaxValue], [1]), "u"), "k'" },
    };

    // Read as they run: told to the runner beforehand, the bytes become text of 200 MB.
    [Theory]
    [MemberData(nameof(Pickles), DisableDiscoveryEnumeration = true)]
    public void Pickles_that_do_more_or_less_than_a_network_needs(string what, byte[] pickle, string reason)
    {
        foreach (byte[] file in new[] { PickleText.Zip(pickle, ("data/k", new byte[16])), PickleText.Legacy(pickle) })
        {
            File.WriteAllBytes(_sketch.PathOf(), file);
            long start = Stopwatch.GetTimestamp();

            string refusal = _sketch.Refusal();

            refusal.Should().Contain(reason, "of {0}", what).And.NotContain("Exception");
            Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(10));
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("PK", "too short")]
    [InlineData("<!DOCTYPE html>", "HTML")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "LFS")]
    [InlineData("PK\u0003\u0004 and nothing of a zip", "zip")]
    public void Files_that_are_something_else(string text, string reason)
    {
        File.WriteAllText(_sketch.PathOf(), text);

        _sketch.Refusal().Should().Contain(reason);
    }

    [Fact]
    public void Zips_that_torch_did_not_write()
    {
        File.WriteAllBytes(_sketch.PathOf(), PickleText.Zip(PickleText.Of("}"), ("constants.pkl", [1])));
        _sketch.Refusal().Should().Contain("TorchScript");

        byte[] tensor = PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(4, 0, [4], [1]), "u");
        File.WriteAllBytes(_sketch.PathOf(), PickleText.Zip(tensor));
        _sketch.Refusal().Should().Contain("'archive/data/k'");

        File.WriteAllBytes(_sketch.PathOf(), PickleText.Zip(tensor, ("data/k", new byte[15])));
        _sketch.Refusal().Should().Contain("15 bytes").And.Contain("16");

        File.WriteAllBytes(_sketch.PathOf(), PickleText.Zip(tensor, ("data/k", new byte[16]), ("byteorder", "big"u8.ToArray())));
        _sketch.Refusal().Should().Contain("big-endian");
    }

    [Fact]
    public void Old_files_that_are_cut_off_at_any_place()
    {
        byte[] file = PickleText.Legacy(PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(4, 0, [4], [1]), "u"), ("k", [1, 2, 3, 4]));

        for (int length = 0; length < file.Length; length++)
        {
            File.WriteAllBytes(_sketch.PathOf(), file[..length]);
            _sketch.Refusal().Should().NotContain("Exception");
        }

        File.WriteAllBytes(_sketch.PathOf(), file);
        _sketch.Refusal().Should().Contain("conv1.weight", "it is whole, and no residual network");
    }

    [Fact]
    public void Old_files_whose_storages_are_not_what_was_said()
    {
        byte[] pickle = PickleText.Of("}(", PickleText.Text("w"), PickleText.Tensor(4, 0, [4], [1]), "u");

        File.WriteAllBytes(_sketch.PathOf(), PickleText.Legacy(pickle, ("k", [1, 2, 3])));
        _sketch.Refusal().Should().Contain("storage 'k'");

        File.WriteAllBytes(_sketch.PathOf(), PickleText.Legacy(pickle, ("other", [1, 2, 3, 4])));
        _sketch.Refusal().Should().Contain("'other'");
    }

    [SharedDataFact]
    public void Real_files_of_other_kinds()
    {
        Func<string, string> refusal = path => Assert.Throws<Contracts.InputException>(() => ResnetSketch.ReadFile(SharedData.PathOf(path))).Message;

        refusal("data/yolov5/yolov5n.pt").Should().Contain("Python would have to call").And.Contain("nothing of it was run");
        foreach (string bad in Directory.GetFiles(SharedData.PathOf("data/yolov5/bad")).Concat(Directory.GetFiles(SharedData.PathOf("data/darknet/bad"))))
        {
            refusal(bad).Should().NotContain("Exception");
        }
    }

    public void Dispose() => _sketch.Dispose();
}
