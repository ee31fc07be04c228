using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

public sealed class ConvertTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_network_goes_into_a_folder_of_its_own()
    {
        HostResult result = _work.Run("convert", "--to", "onnx").ShouldSucceed();

        _work.Entries.Should().Equal("runs/", "runs/sample-onnx-1/", "runs/sample-onnx-1/sample.onnx");
        result.Output.Should().Match("sample, from darknet to onnx\nWritten to *sample-onnx-1: sample.onnx (1.40 MB)\n");
    }

    [Fact]
    public void A_file_is_named_by_its_path_and_a_folder_holds_the_models_name()
    {
        _work.Run("convert", "--to", "onnx", "--out", "a/small.onnx").ShouldSucceed();
        _work.Run("convert", "--to", "onnx", "--out", "b").ShouldSucceed();

        _work.Entries.Should().Equal("a/", "a/small.onnx", "b/", "b/sample.onnx");
        File.ReadAllBytes(_work["a/small.onnx"]).Should().Equal(File.ReadAllBytes(_work["b/sample.onnx"]));
    }

    [Fact]
    public void A_network_may_go_into_the_format_that_it_comes_from()
    {
        _work.Run("convert", "--to", "darknet", "--out", "same", "--bn-eps", "1e-5").ShouldSucceed();
        _work.Run("convert", "--to", "darknet", "--model", "same/sample.cfg", "--out", "again.cfg").ShouldSucceed();

        File.ReadAllBytes(_work["again.weights"]).Should().Equal(File.ReadAllBytes(_work["same/sample.weights"]));
        File.ReadAllText(_work["again.cfg"]).Should().Be(File.ReadAllText(_work["same/sample.cfg"]));
    }

    [Fact]
    public void Json_tells_what_was_written_and_how()
    {
        JsonElement json = _work.Run("convert", "--to", "onnx", "--out", "o", "--outputs", "decoded", "--opset", "14", "--json").ShouldSucceed().Json();

        json.GetProperty("from").GetString().Should().Be("pluginprune.format-darknet/darknet");
        json.GetProperty("to").GetString().Should().Be("pluginprune.format-onnx/onnx");
        json.GetProperty("options").GetProperty("outputs").GetString().Should().Be("decoded");
        json.GetProperty("options").GetProperty("opset").GetString().Should().Be("14");
        JsonElement file = json.GetProperty("files").EnumerateArray().Single();
        file.GetProperty("name").GetString().Should().Be("sample.onnx");
        file.GetProperty("bytes").GetInt64().Should().Be(new FileInfo(_work["o/sample.onnx"]).Length);
    }

    [Fact]
    public void A_detector_is_cropped_on_the_way()
    {
        _work.Write("my.names", "disc\nring\ntriangle\nstar\ncross\n");

        HostResult result = _work.Run("convert", "--to", "onnx", "--drop-level", "P4", "--classes", "star,disc", "--names", "my.names", "--out", "o/small.onnx").ShouldSucceed();

        result.Output.Should().MatchRegex(@"^sample, from darknet to onnx\nLevel dropped: P4, with layer \d+.*\nClasses kept: 2 of 5 \(disc, star\)\nWritten to ");
        File.ReadAllText(_work["o/small.names"]).Should().Be("disc\nstar\n");
        _work.Run("inspect", "--model", "o/small.onnx").ShouldSucceed().Output.Should().Contain(" layers, 1 head, ");
        JsonElement crop = _work.Run("convert", "--to", "onnx", "--classes", "1", "--json").ShouldSucceed().Json().GetProperty("crop");
        crop.GetProperty("classesBefore").GetInt32().Should().Be(5);
        crop.GetProperty("classes").EnumerateArray().Select(static name => name.GetString()).Should().Equal("1");
        _work.Run("convert", "--to", "onnx", "--classes", "9").ShouldFail(2, "error: 'sample' has no class 9: its 5 classes are counted from 0 to 4.");
        _work.Run("convert", "--to", "onnx", "--drop-level", "P7").ShouldFail(2, "error: 'sample' has no level P7. It has P*");
    }

    [Fact]
    public void What_is_there_is_replaced_only_by_force()
    {
        _work.Write("net.onnx", "mine");

        _work.Run("convert", "--to", "onnx", "--out", "net.onnx").ShouldFail(2, "error: *net.onnx exists and is not overwritten.*--force*");
        File.ReadAllText(_work["net.onnx"]).Should().Be("mine");

        _work.Run("convert", "--to", "onnx", "--out", "net.onnx", "--force").ShouldSucceed();
        new FileInfo(_work["net.onnx"]).Length.Should().BeGreaterThan(1_000_000);
    }

    [Fact]
    public void Obstacles_are_named_and_nothing_is_written()
    {
        HostResult result = _work.Run("convert", "--to", "onnx", "--out", "o", "--output-names", "one").ShouldFail(2, "error: sample cannot be written as onnx:");

        result.Error.Should().Contain("--output-names gives 1 names (one); there are 2 outputs.");
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Names_of_classes_are_taken_from_a_file()
    {
        _work.Write("names", "circle\nring\nsquare\ntriangle\nstar\n\n");

        _work.Run("convert", "--to", "onnx", "--out", "o", "--names", "names").ShouldSucceed();

        System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_work["o/sample.onnx"])).Should().Contain("[\"circle\",\"ring\",\"square\",\"triangle\",\"star\"]");
    }

    [Fact]
    public void The_size_of_pictures_and_how_they_are_fitted_stand_in_the_file()
    {
        _work.Run("convert", "--to", "onnx", "--out", "o", "--resize", "letterbox").ShouldSucceed();
        _work.Run("convert", "--to", "darknet", "--out", "o", "--size", "192x96", "--resize", "letterbox").ShouldSucceed();

        File.ReadAllText(_work["o/sample.onnx"]).Should().Contain("\"resize\":\"letterbox\"");
        File.ReadAllText(_work["o/sample.cfg"]).Should().Contain("width=192").And.Contain("height=96").And.Contain("letter_box=1");
    }

    [Theory]
    [InlineData("error: Say into which format: --to darknet|onnx|resnet|yolov5.", "convert")]
    [InlineData("error: PP*'onx'. Did you mean 'onnx'?", "convert", "--to", "onx")]
    [InlineData("error: *--opset takes a number from 13 to 21, not '9'.", "convert", "--to", "onnx", "--opset", "9")]
    [InlineData("error: *--names names *none, which does not exist.", "convert", "--to", "onnx", "--names", "none")]
    [InlineData("error: *two*2*5*", "convert", "--to", "onnx", "--names", "two")]
    [InlineData("error: *there.onnx: it is no ONNX file, or a damaged one*", "convert", "--to", "onnx", "--model", "there.onnx", "--out", "o")]
    public void Mistakes_are_told(string pattern, params string[] args)
    {
        _work.Write("two", "a\nb\n");
        _work.Write("there.onnx", "x");

        _work.Run(args).ShouldFail(2, pattern);

        _work.Entries.Should().Equal("there.onnx", "two");
    }
}
