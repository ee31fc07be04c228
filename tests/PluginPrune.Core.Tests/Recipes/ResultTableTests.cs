using System.Collections.Immutable;
using System.Text;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Core.Tests.Recipes;

public sealed class ResultTableTests
{
    private const string Metric = "mAP@0.5";

    [Fact]
    public void Differences_are_taken_seed_by_seed()
    {
        // Both rows vary by 0.2 from seed to seed, their differences by 0.01.
        ResultTable table = ResultTable.Of([Of("train", 0, 0.5), Of("tuned", 0, 0.48), Of("train", 1, 0.7), Of("tuned", 1, 0.69), Of("train", 2, 0.6), Of("tuned", 2, 0.57)], "train");

        table.Rows.Select(static row => row.Step).Should().Equal("train", "tuned");
        table.Rows[1].Mean(Metric).Mean.Should().BeApproximately(0.58, 1e-12);
        table.Rows[1].Mean(Metric).StandardError.Should().BeApproximately(Deviation(0.48, 0.69, 0.57) / Math.Sqrt(3), 1e-12);
        SampleMean difference = table.DifferenceOf(table.Rows[1], Metric);
        difference.Mean.Should().BeApproximately(-0.02, 1e-12);
        difference.StandardError.Should().BeApproximately(Deviation(-0.02, -0.01, -0.03) / Math.Sqrt(3), 1e-12);
        table.DifferenceOf(table.Rows[0], Metric).Count.Should().Be(0, "the baseline is compared with nothing");
    }

    [Fact]
    public void A_baseline_that_was_made_once_is_that_of_every_seed()
    {
        ResultTable table = ResultTable.Of([Of("train", null, 0.5), Of("tuned", 3, 0.4), Of("tuned", 4, 0.6)], "train");

        table.DifferenceOf(table.Rows[1], Metric).Should().Be(new SampleMean(0, table.Rows[1].Mean(Metric).StandardError, 2));
    }

    [Fact]
    public void The_text_shows_mean_error_and_difference_and_leaves_a_place_for_what_was_not_measured()
    {
        ResultTable table = ResultTable.Of(
            [Of("train", null, 0.5, ("parameters", 1234567), ("size", 2.5e6)), Of("tuned", 3, 0.4), Of("tuned", 4, 0.6), new("narrower", null, "n", ImmutableSortedDictionary<string, double>.Empty)], "train");
        using var stream = new MemoryStream();

        ResultMarkdown.Write(stream, "way.yaml", table, ["A note."]);

        Encoding.UTF8.GetString(stream.ToArray()).Should().Be(
            """
            # way.yaml

            | step | mAP@0.5 | to baseline | mAP@0.5:0.95 | to baseline | parameters | GFLOPs | MB | ms |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | train | 0.5000 | - | - | - | 1,234,567 | - | 2.50 | - |
            | tuned | 0.5000 ± 0.1000 | +0.0000 ± 0.1000 | - | - | - | - | - | - |
            | narrower | - | - | - | - | - | - | - | - |

            A note.

            """);
    }

    [Fact]
    public void Seeds_that_come_to_one_network_are_no_evidence()
    {
        ResultTable table = ResultTable.Of(
            [Of("train", null, 0.5), Of("prune", 0, 0.4) with { Fingerprint = "a" }, Of("prune", 1, 0.4) with { Fingerprint = "a" }, Of("tuned", 0, 0.4) with { Fingerprint = "b" }, Of("tuned", 1, 0.4) with { Fingerprint = "c" }], "train");

        table.Rows[1].Mean(Metric).Should().Be(new SampleMean(0.4, double.NaN, 1));
        ResultCells.Of(table, table.Rows[2]).ElementAt(1).Should().Be("0.4000 ± 0.0000", "two networks may well be as good as each other");
        ResultCells.Of(table, table.Rows[1]).Take(3).Should().Equal("prune", "0.4000", "-0.1000");
    }

    private static double Deviation(params double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1));
    }

    private static StepResult Of(string step, int? seed, double value, params (string Name, double Value)[] others) => new(
        step,
        seed,
        $"{step}.cfg",
        others.Append((Metric, value)).ToImmutableSortedDictionary(static metric => metric.Item1, static metric => metric.Item2, StringComparer.Ordinal));
}
