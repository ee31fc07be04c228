using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.EvaluatorLatency;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Evaluators;

public sealed class LatencyEvaluatorTests
{
    [Fact]
    public void Networks_run_in_turns_forwards_and_backwards_after_the_warm_up()
    {
        var diary = new List<(string Network, int Batch)>();
        var engine = new RecordingEngine(diary);
        EvaluationSubject[] subjects = [.. Enumerable.Range(0, 3).Select(static i => "abc"[i].ToString()).Select(name => new EvaluationSubject(name, Small(name), engine))];
        var progress = new List<double>();
        EvaluationContext context = new([.. subjects], Evaluations.Services()) { Progress = progress.Add };

        ImmutableArray<EvaluationResult> results = Evaluator(("warm-up", "1"), ("runs", "3"), ("batch", "2")).Evaluate(context, CancellationToken.None);

        string.Concat(diary.Select(static entry => entry.Network)).Should().Be("abc" + "cba" + "abc" + "cba");
        diary.Should().OnlyContain(static entry => entry.Batch == 2);
        engine.Open.Should().Be(0, "executables are disposed of");
        results.Should().HaveCount(3);
        progress.Should().Equal(0.25, 0.5, 0.75, 1);
    }

    [Fact]
    public void Quick_networks_run_more_often_unless_a_number_is_given()
    {
        int unasked = RunsOf();

        unasked.Should().BeInRange(22, 840);
        RunsOf(("runs", "21")).Should().Be(21);

        static int RunsOf(params (string, string)[] options)
        {
            var diary = new List<(string Network, int Batch)>();
            EvaluationContext context = Evaluations.Context(null, null, new EvaluationSubject("it", Small("it"), new RecordingEngine(diary)));
            Evaluator([("warm-up", "0"), .. options]).Evaluate(context, CancellationToken.None);
            return diary.Count;
        }
    }

    [Fact]
    public void Figures_belong_together_and_more_work_takes_longer()
    {
        EvaluationSubject small = Evaluations.Subject(Evaluations.ReadSample(), "small");
        EvaluationSubject large = small with { Name = "large", Network = small.Network.WithInputSize(320, 320) };

        ImmutableArray<EvaluationResult> results = Evaluator(("runs", "15")).Evaluate(Evaluations.Context(null, null, small, large), CancellationToken.None);

        foreach (EvaluationResult result in results)
        {
            result.Metrics[0].Name.Should().Be("median");
            result.Metric("median").Should().BePositive();
            result.Metric("p90").Should().BeGreaterThanOrEqualTo(result.Metric("median"));
            result.Metric("spread").Should().BeGreaterThanOrEqualTo(0);
            result.Metric("images/s").Should().BeApproximately(1000 / result.Metric("median"), 1e-9);
            result.Tables.Should().BeEmpty();
        }

        results[1].Metric("median").Should().BeGreaterThan(1.5 * results[0].Metric("median"));
    }

    [Fact]
    public void Every_layer_that_takes_time_is_told_in_the_files_order()
    {
        EvaluationSubject subject = Evaluations.Subject(Evaluations.ReadSample());

        EvaluationResult result = Evaluator(("per-layer", "true"), ("runs", "9")).Evaluate(Evaluations.Context(null, null, subject), CancellationToken.None).Single();

        MetricTable table = result.Tables.Single();
        string[] convolutions = [.. subject.Network.Nodes.Where(static node => node.Operation.Name == "convolution").Select(static node => node.Origin.Layer)];
        string[] layers = [.. subject.Network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        table.RowName.Should().Be("layer");
        table.Rows.Select(static row => row.Name).Should().Contain(convolutions).And.BeSubsetOf(layers).And.BeInAscendingOrder(Comparer<string>.Create((a, b) => Array.IndexOf(layers, a) - Array.IndexOf(layers, b)));
        table.Rows.Sum(static row => row.Values[1]).Should().BeApproximately(100, 1e-6);
        double sum = table.Rows.Sum(static row => row.Values[0]);

        // Both were measured at different moments on a machine that may be busy.
        sum.Should().BeInRange(0.05 * result.Metric("median"), 20 * result.Metric("median"));
    }

    [Fact]
    public void An_engine_that_does_not_tell_of_layers_is_named()
    {
        var warnings = new List<string>();
        EvaluationSubject subject = new("mine", Small("mine"), new RecordingEngine([]));

        EvaluationResult result = Evaluator(("per-layer", "true"), ("runs", "1")).Evaluate(Evaluations.Context(null, warnings, subject), CancellationToken.None).Single();

        result.Tables.Should().BeEmpty();
        warnings.Should().ContainSingle().Which.Should().Contain("'mine'");
    }

    [Fact]
    public void Without_an_engine_nothing_is_measured()
    {
        Action measure = () => Evaluator().Evaluate(Evaluations.Context(null, null, new EvaluationSubject("it", Small("it"), null)), CancellationToken.None);

        measure.Should().Throw<EvaluationException>().Which.Message.Should().Contain("'it'");
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var source = new CancellationTokenSource();
        EvaluationContext context = new([Evaluations.Subject(Small("it"))], Evaluations.Services()) { Progress = _ => source.Cancel() };

        Action measure = () => Evaluator(("runs", "100000")).Evaluate(context, source.Token);

        measure.Should().Throw<OperationCanceledException>();
    }

    private static Network Small(string name)
    {
        var builder = new NetworkBuilder(1);
        builder.Head(builder.Conv(builder.ConvNormAct("input", 8), 6, 1, bias: true));
        return builder.Build(name);
    }

    private static IEvaluator Evaluator(params (string, string)[] options) => PluginFactory.Create<LatencyEvaluatorPlugin, IEvaluator>("latency", options);
}
