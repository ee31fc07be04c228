using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Core.Tests.Evaluation;

public sealed class NoisyTimesTests
{
    [Fact]
    public void Find_SteadyTimes_SaysNothing()
    {
        EvaluationReport report = Report(("a", 10, 0.5), ("b", 5, 0.7));

        NoisyTimes.Find(report).Should().BeNull();
        NoisyTimes.ShareOf(report).Should().BeApproximately(0.14, 1e-9);
    }

    [Fact]
    public void Find_TimesThatVary_NamesTheWorstAndCountsTheOthers()
    {
        EvaluationReport report = Report(("a", 10, 2), ("b", 5, 2), ("c", 5, 0.1));

        NoisyTimes.AreNoisy(report).Should().BeTrue();
        NoisyTimes.Find(report).Should().StartWith("Times vary: the middle half of the runs of 'b' spreads over 40 % of the median, and of 1 more over more than 15 %.");
    }

    [Fact]
    public void Find_NoTimes_SaysNothing()
    {
        var report = new EvaluationReport(["a"], [new EvaluationSection("cost", [new EvaluationResult([new Metric("parameters", 3, string.Empty, MetricDirection.Lower, 0)])])]);

        NoisyTimes.Find(report).Should().BeNull();
        NoisyTimes.ShareOf(report).Should().Be(0);
    }

    private static EvaluationReport Report(params (string Name, double Median, double Spread)[] subjects) => new(
        [.. subjects.Select(static subject => subject.Name)],
        [
            new EvaluationSection("latency",
            [
                .. subjects.Select(static subject => new EvaluationResult(
                [
                    new Metric("median", subject.Median, "ms", MetricDirection.Lower, 2), new Metric("spread", subject.Spread, "ms", MetricDirection.Lower, 2),
                ])),
            ]),
        ]);
}
