using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>With neither libtorch nor ONNX Runtime everything works on the embedded engine, and one line says what is missing and how to get it.</summary>
public sealed class MissingEnginesTests : IDisposable
{
    private readonly Workplace _work = new() { Measures = true };

    public MissingEnginesTests()
    {
        // Libraries of this machine are hidden by naming places where there are none.
        string nowhere = Directory.CreateDirectory(Path.Combine(_work.Data, "nowhere")).FullName;
        _work.Environment["ORT_HOME"] = nowhere;
        _work.Environment["LIBTORCH"] = nowhere;
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("bench", "--runs", "2")]
    [InlineData("eval", "--data", "set")]
    [InlineData("eval", "--evaluator", "fidelity,latency,cost", "--data", "set")]
    [InlineData("detect", "set/images/val", "--out", "found")]
    [InlineData("prune", "--criterion", "slim", "--out", "small")]
    [InlineData("prune", "--criterion", "slim", "--data", "set", "--recalibrate", "2", "--fold", "exact", "--out", "small")]
    [InlineData("prune", "--criterion", "slim", "--to-ms", "1000", "--out", "small")]
    public void Everything_runs_and_one_line_tells(params string[] command)
    {
        YoloSet.Make(_work);

        HostResult result = _work.Run([.. command, "--json"]).ShouldSucceed();

        result.Json().ValueKind.Should().Be(JsonValueKind.Object);
        result.Output.Should().Contain("managed (.NET ");
        string note = result.Lines.Where(static line => line.Contains("passed over", StringComparison.Ordinal)).Should().ContainSingle().Subject;
        note.Should().StartWith("note: The engine onnxruntime is passed over: ORT_HOME names ").And.Contain("let it name the library or the folder that holds it.")
            .And.Contain("The engine torch is passed over: LIBTORCH names ").And.Contain("apt-get install").And.EndWith("Using managed.");
    }

    [Theory]
    [InlineData("onnxruntime", "error: ORT_HOME names *")]
    [InlineData("torch", "error: LIBTORCH names *apt-get install*")]
    public void Who_names_an_engine_that_is_not_there_is_told_how_to_get_it(string engine, string message)
    {
        _work.Run("bench", "--engine", engine).ShouldFail(1, message);
        _work.Run("prune", "--criterion", "slim", "--engine", engine, "--out", "small").ShouldFail(1, message);
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_criterion_that_looks_at_the_loss_tells_what_it_needs()
    {
        _work.Run("prune", "--criterion", "taylor", "--no-measure", "--out", "small").ShouldFail(1, "error: The criterion 'taylor' needs an engine that trains. LIBTORCH names *apt-get install*");
        _work.Entries.Should().BeEmpty();
    }
}
