using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>An .onnx file is a model like any other: it is looked at, evaluated, pruned and written.</summary>
public sealed class OnnxModelTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("raw")]
    [InlineData("raw", "--keep-bn")]
    public void The_sample_is_worth_as_much_after_it_went_through_a_file(params string[] form)
    {
        _work.Run(["convert", "--to", "onnx", "--out", "net.onnx", "--outputs", .. form]).ShouldSucceed();

        Map("--model", "net.onnx").Should().BeApproximately(Map(), 1e-6);
    }

    [Fact]
    public void It_is_pruned_by_what_its_weights_tell_and_by_what_its_scales_tell()
    {
        _work.Run("convert", "--to", "onnx", "--keep-bn", "--out", "net.onnx").ShouldSucceed();

        _work.Run("prune", "--criterion", "l1", "--percent", "0.2", "--model", "net.onnx", "--out", "by-weights").ShouldSucceed();
        _work.Run("prune", "--criterion", "slim", "--global-percent", "0.2", "--model", "by-weights/net.onnx", "--out", "twice").ShouldSucceed();

        Parameters("by-weights/net.onnx").Should().BeLessThan(Parameters("net.onnx"));
        Parameters("twice/net.onnx").Should().BeLessThan(Parameters("by-weights/net.onnx"));
    }

    [Fact]
    public void Boxes_that_it_decodes_itself_are_decoded_again_behind_what_is_left()
    {
        _work.Write("my.names", "disc\nring\ntriangle\nstar\ncross\n");
        _work.Run("convert", "--to", "onnx", "--outputs", "decoded", "--output-names", "found", "--fixed-batch", "2", "--names", "my.names", "--out", "net.onnx").ShouldSucceed();

        JsonElement inspection = _work.Run("inspect", "--model", "net.onnx", "--json").ShouldSucceed().Json();
        inspection.GetProperty("heads").EnumerateArray().Select(static head => head.GetString()).Should().Equal("found.level 0", "found.level 1");
        inspection.GetProperty("opaque").GetArrayLength().Should().Be(0);
        Map("--model", "net.onnx").Should().BeApproximately(Map(), 1e-6);
        _work.Run("prune", "--criterion", "l1", "--percent", "0.2", "--drop-level", "P4", "--classes", "0,star", "--model", "net.onnx", "--out", "small").ShouldSucceed();
        _work.Run("eval", "--model", "small/net.onnx", "--data", "synthetic", "--count", "2", "--engine", "managed").ShouldSucceed();
        _work.Run("convert", "--to", "onnx", "--outputs", "raw", "--model", "small/net.onnx", "--out", "raw.onnx").ShouldSucceed();
        _work.Run("inspect", "--model", "small/net.onnx").ShouldSucceed().Output.Should().Contain(" layers, 1 head, ");
    }

    private double Map(params string[] model) => _work.Run(["eval", "--data", "synthetic", "--count", "8", "--engine", "managed", "--json", .. model]).ShouldSucceed().Json()
        .GetProperty("networks")[0].GetProperty("detection").GetProperty("metrics").EnumerateArray().First(static metric => metric.GetProperty("name").GetString() == "mAP@0.5").GetProperty("value").GetDouble();

    private long Parameters(string model) => _work.Run("inspect", "--model", model, "--json").ShouldSucceed().Json().GetProperty("cost").GetProperty("parameters").GetInt64();
}
