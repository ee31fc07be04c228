using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Core.Tests.Sensitivity;

public sealed class GroupCurveTests
{
    private static readonly CurveMetric Higher = new("detection", new Metric("mAP", 0.8, string.Empty, MetricDirection.Higher, 4));

    private static readonly CurveMetric Lower = new("fidelity", new Metric("error", 0, string.Empty, MetricDirection.Lower, 4));

    [Fact]
    public void What_comes_back_at_a_higher_rate_is_not_counted_on()
    {
        GroupCurve curve = Of(0.81, 0.79, 0.6, 0.8);

        curve.Drops(Higher).Should().SatisfyRespectively(
            static drop => drop.Should().Be(0, "better is no drop"),
            static drop => drop.Should().BeApproximately(0.01, 1e-12),
            static drop => drop.Should().BeApproximately(0.2, 1e-12),
            static drop => drop.Should().BeApproximately(0.2, 1e-12));
        curve.LargestWithin(Higher, 0.05)!.Rate.Should().Be(0.2);
        curve.LargestWithin(Higher, 0.3)!.Rate.Should().Be(0.4);
        Of(0.7, 0.8).LargestWithin(Higher, 0.05).Should().BeNull("the first point is beyond, whatever follows");
    }

    [Fact]
    public void Where_less_is_better_a_rise_is_the_drop()
    {
        GroupCurve curve = Of(0.1, 0.3, 0.2);

        curve.Drops(Lower).Should().Equal(0.1, 0.3, 0.3);
        curve.LargestWithin(Lower, 0.1)!.Rate.Should().Be(0.1);
    }

    [Fact]
    public void A_metric_without_a_value_has_dropped_without_bounds()
    {
        GroupCurve curve = Of(0.8, double.NaN, 0.8);

        curve.Drops(Higher).Should().Equal(0, double.PositiveInfinity, double.PositiveInfinity);
        curve.LargestWithin(Higher, double.MaxValue)!.Rate.Should().Be(0.1);
        curve.RateAt(Higher, 1e9).Should().Be(0.1, "no line leads to what has no value");
    }

    [Fact]
    public void Between_two_points_lies_a_straight_line()
    {
        GroupCurve curve = Of(0.8, 0.7, 0.4);

        curve.RateAt(Higher, 0).Should().Be(0.1, "so far it costs nothing");
        curve.RateAt(Higher, 0.05).Should().BeApproximately(0.15, 1e-9);
        curve.RateAt(Higher, 0.1 + 1e-12).Should().BeApproximately(0.2, 1e-9);
        curve.RateAt(Higher, 0.25).Should().BeApproximately(0.25, 1e-9);
        curve.RateAt(Higher, 7).Should().BeApproximately(0.3, 1e-12, "further was not measured");
    }

    [Fact]
    public void The_line_begins_where_nothing_goes_and_nothing_is_lost() =>
        Of(0.7).RateAt(Higher, 0.025).Should().BeApproximately(0.025, 1e-9);

    private static GroupCurve Of(params double[] values) =>
        new("1.conv", ["1"], 100, [.. values.Select(static (value, i) => new CurvePoint((i + 1) / 10.0, 100 - (10 * (i + 1)), value))]);
}
