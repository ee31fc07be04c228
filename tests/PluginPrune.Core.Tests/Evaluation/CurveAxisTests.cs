using PluginPrune.Core.Evaluation;

namespace PluginPrune.Core.Tests.Evaluation;

public sealed class CurveAxisTests
{
    [Theory]
    [InlineData(true, 10, "0 2 4 6 8 10")]
    [InlineData(true, 16, "0 5 10 15 20")]
    [InlineData(true, 3, "0 1 2 3")]
    [InlineData(true, 140.486, "0 50 100 150")]
    [InlineData(true, 0.25, "0 0.05 0.1 0.15 0.2 0.25")]
    [InlineData(true, 0.07, "0 0.02 0.04 0.06 0.08")]
    [InlineData(true, 2.1e-83, "0 5E-84 1E-83 1.5E-83 2E-83 2.5E-83")]
    [InlineData(true, 123456, "0 5E+04 1E+05 1.5E+05")]
    [InlineData(true, 0, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(true, -3, "-3 -2 -1 0")]
    [InlineData(false, 0.3, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(false, 1.5, "0 0.5 1 1.5")]
    public void Of_Values_EndsAtRoundNumbersAndWritesRoundOnes(bool fits, double value, string expected)
    {
        var axis = CurveAxis.Of([value, double.NaN, 0], fits);

        axis.Ticks.Select(axis.Text).Should().Equal(expected.Split(' '));
        axis.Place(axis.Ticks.First(), 60, 460).Should().BeApproximately(60, 1e-9);
        axis.Place(axis.Ticks.Last(), 60, 460).Should().BeApproximately(460, 1e-9);
        axis.Place(value, 60, 460).Should().BeInRange(60, 460);
    }
}
