using System.Diagnostics;
using System.Runtime.InteropServices;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>Weights in a file beside the model are read from there, and from nowhere else.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public ExternalDataTests()
    {
        File.WriteAllBytes(Path.Combine(_files.Folder, "net.data"), MemoryMarshal.AsBytes(Enumerable.Range(0, 20).Select(static i => (float)i).ToArray().AsSpan()).ToArray());
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Weights_are_read_from_where_they_lie() => ReadWeight("net.data").Floats.ToArray().Should().Equal(Enumerable.Range(2, 12).Select(static i => (float)i));

    [Fact]
    public void Weights_in_a_folder_below_are_read()
    {
        Directory.CreateDirectory(Path.Combine(_files.Folder, "parts"));
        File.Move(Path.Combine(_files.Folder, "net.data"), Path.Combine(_files.Folder, "parts", "w.bin"));

        ReadWeight("parts/w.bin").Count.Should().Be(12);
    }

    [Theory]
    [InlineData("../net.data")]
    [InlineData("parts/../../net.data")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\net.data")]
    [InlineData("")]
    public void Files_elsewhere_are_not_read(string location) =>
        new Action(() => ReadWeight(location)).Should().Throw<InputException>().WithMessage("*'w'*does not lie in the model's folder*");

    [Fact]
    public void A_link_to_a_file_elsewhere_is_not_followed()
    {
        string elsewhere = Directory.CreateTempSubdirectory("pluginprune-onnx-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(elsewhere, "secret"), new byte[80]);
            File.CreateSymbolicLink(Path.Combine(_files.Folder, "link"), Path.Combine(elsewhere, "secret"));
            Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "folder"), elsewhere);

            new Action(() => ReadWeight("link")).Should().Throw<InputException>().WithMessage("*does not lie in the model's folder*");
            new Action(() => ReadWeight("folder/secret")).Should().Throw<InputException>().WithMessage("*does not lie in the model's folder*");
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public void What_is_missing_or_too_short_is_told()
    {
        new Action(() => ReadWeight("other.data")).Should().Throw<InputException>().WithMessage("*'other.data', which is not beside it*");
        new Action(() => ReadWeight("net.data", offset: 40)).Should().Throw<InputException>().WithMessage("*48 bytes from 40 on in 'net.data', which has 80*");
        new Action(() => ReadWeight("net.data", offset: long.MaxValue)).Should().Throw<InputException>().WithMessage("*in 'net.data', which has 80*");
        new Action(() => ReadWeight("net.data", length: 4)).Should().Throw<InputException>().WithMessage("*needs 48 bytes*'net.data' holds 4*");
    }

    [Fact]
    public void What_would_be_waited_for_or_has_no_end_is_not_read()
    {
        using var make = Process.Start("mkfifo", [Path.Combine(_files.Folder, "pipe")]);
        make.WaitForExit();

        new Action(() => ReadWeight("pipe")).Should().Throw<InputException>().WithMessage("*'pipe', which is empty, or a pipe or a device*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("./")]
    public void Tensors_that_all_lie_at_one_place_are_refused_whatever_they_call_it(string more)
    {
        OnnxSketch sketch = new OnnxSketch().Input("x", 1, 3, 16, 16);
        for (int i = 0; i < 20; i++)
        {
            sketch.External($"w{i}", [4, 3, 1, 1], $"{string.Concat(Enumerable.Repeat(more, i))}net.data", 8).Node("Conv", ["x", $"w{i}"], [$"y{i}"]).Output($"y{i}");
        }

        new Action(() => _files.Read(sketch)).Should().Throw<InputException>().WithMessage("*more than 4 times the 80 bytes of '*net.data'*");
    }

    private Tensor ReadWeight(string location, long offset = 8, long? length = null) => _files.Read(
        new OnnxSketch().Input("x", 1, 3, 16, 16).External("w", [4, 3, 1, 1], location, offset, length).Node("Conv", ["x", "w"], ["y"]).Output("y"))["y"].Operation.Tensors[0].Tensor;
}
