using System.Globalization;
using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host bench`: networks and engines side by side.</summary>
public sealed class BenchTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_network_and_its_small_version_stand_side_by_side_and_are_told_apart_by_their_folders()
    {
        Prune("a");
        Prune("b", "--global-percent", "0.5");

        HostResult text = _work.Run("bench", "--engine", "managed", "--runs", "3", "--models", "a/sample.cfg", "b/sample.cfg").ShouldSucceed();
        HostResult json = _work.Run("bench", "--engine", "managed", "--runs", "3", "--models", "a/sample.cfg", "b/sample.cfg", "--json").ShouldSucceed();

        text.Output.Should().StartWith("managed (.NET ").And.Contain("\n  a/sample ").And.Contain("\n  b/sample ").And.Contain("\n  against a/sample ").And.Contain(" x");
        JsonElement[] networks = [.. json.Json().GetProperty("networks").EnumerateArray()];
        networks.Select(static network => network.GetProperty("name").GetString()).Should().Equal("a/sample", "b/sample");
        Metric(networks[0], "cost", "parameters").Should().BeLessThan(Metric(networks[1], "cost", "parameters"));
        Metric(networks[0], "cost", "layers").Should().Be(35, "as prune counts them");
        Metric(networks[0], "latency", "median").Should().BePositive();
    }

    [Fact]
    public void Networks_may_stand_right_behind_the_command_and_be_rectangular()
    {
        Prune("a");
        Prune("b", "--global-percent", "0.5");

        HostResult result = _work.Run("bench", "a/sample.cfg", "b/sample.cfg", "--engine", "managed", "--runs", "3", "--size", "192x96").ShouldSucceed();

        result.Output.Should().Contain("192 x 96").And.Contain("\n  against a/sample ").And.MatchRegex(@"\n  b/sample .* x");
        _work.Run("bench", "--engine", "managed", "a/sample.cfg").ShouldFail(2, "error: 'a/sample.cfg' stands behind options. Networks stand right behind 'bench', or behind --models.");
    }

    [Fact]
    public void What_of_a_file_is_not_timed_is_told()
    {
        _work.Run("convert", "--to", "onnx", "--outputs", "v7.0", "--out", "net.onnx").ShouldSucceed();
        _work.Run("convert", "--to", "onnx", "--out", "raw.onnx").ShouldSucceed();

        HostResult engine = _work.Run("bench", "net.onnx", "raw.onnx", "--engine", "managed", "--runs", "2").ShouldSucceed();
        HostResult size = _work.Run("bench", "net.onnx", "--engine", "managed", "--runs", "2", "--size", "96").ShouldSucceed();

        engine.Lines.Should().ContainSingle(static line => line.StartsWith("note: ", StringComparison.Ordinal))
            .Which.Should().StartWith("note: 'net' is timed without what its file computes behind the layers, such as the decoding of boxes: managed does not run it. ");
        size.Lines.Should().Contain("note: 'net' is timed without what its file computes behind the layers, such as the decoding of boxes: it is made for the file's own size.");
    }

    [Fact]
    public void Times_of_the_target_device_are_shown_beside()
    {
        _work.Write("pi.csv", "device,model,layer,ms\nPi 5,sample,,212.4\n");

        HostResult result = _work.Run("bench", "--engine", "managed", "--runs", "2", "--latency-table", "pi.csv").ShouldSucceed();

        result.Output.Should().Contain("Pi 5").And.Contain("212.4");
    }

    [Fact]
    public void Layers_are_told_where_the_engine_knows_them()
    {
        HostResult result = _work.Run("bench", "--engine", "managed", "--runs", "2", "--per-layer").ShouldSucceed();

        result.Output.Should().Contain("Per layer:").And.Contain("share, %");
    }

    [Fact]
    public void More_threads_than_processors_are_not_taken()
    {
        HostResult result = _work.Run("bench", "--engine", "managed", "--runs", "2", "--threads", "1000").ShouldSucceed();

        result.Output.Should().Contain(string.Create(CultureInfo.InvariantCulture, $", {Environment.ProcessorCount} threads, cpu)"));
        _work.Run("bench", "--threads", "-1").ShouldFail(2, "error: --threads takes a whole number of at least 0, not '-1'.");
    }

    [Theory]
    [InlineData("32768", "error: 'sample' does not take pictures of 32768 x 32768: *too large.*")]
    [InlineData("99999", "error: --size takes a side such as 416 or WIDTHxHEIGHT such as 640x384, not '99999'.")]
    [InlineData("0", "error: --size takes *, not '0'.")]
    [InlineData("0x32", "error: --size takes *, not '0x32'.")]
    [InlineData("33", "error: 'sample' does not take pictures of 33 x 33: *Multiples of 32 usually do.")]
    public void Sizes_that_cannot_be_are_refused(string size, string message) => _work.Run("bench", "--runs", "1", "--size", size).ShouldFail(2, message);

    [Fact]
    public void Mistakes_are_told()
    {
        _work.Run("bench", "--model", "gone.cfg").ShouldFail(2, "error: --model names *gone.cfg, which does not exist.");
        _work.Run("bench", "--engine", "manged").ShouldFail(2, "error: PP0604: *'manged'*");
        _work.Run("bench", "--engine", ",", "--quiet").ShouldFail(2, "error: --engine names no engine.");
        _work.Run("bench", "--runs", "0").ShouldFail(2, "error: --runs takes a number of at least 1, not '0'.");
        _work.Run("bench", "--latency-table", "gone.csv").ShouldFail(2, "error: --latency-table names *gone.csv, which does not exist.");
    }

    private void Prune(string folder, params string[] options) =>
        _work.Run(["prune", "--criterion", "slim", "--no-measure", "--no-verify", "--quiet", "--out", folder, .. options]).ShouldSucceed();

    private static double Metric(JsonElement network, string evaluator, string name) => network.GetProperty(evaluator).GetProperty("metrics").EnumerateArray()
        .Single(metric => metric.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
}
