using PluginPrune.Core.Recipes;

namespace PluginPrune.Core.Tests.Recipes;

public sealed class SampleMeanTests
{
    [Fact]
    public void The_standard_error_is_that_of_the_textbook()
    {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 32, so a variance of 32 / 7 and an error of root (32 / 7 / 8).
        var mean = SampleMean.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        mean.Mean.Should().Be(5);
        mean.StandardError.Should().BeApproximately(Math.Sqrt(32.0 / 7 / 8), 1e-12);
        mean.Count.Should().Be(8);
    }

    [Fact]
    public void One_value_has_no_standard_error_and_none_has_no_mean()
    {
        SampleMean.Of([0.25]).Should().Be(new SampleMean(0.25, double.NaN, 1));
        SampleMean.Of([double.NaN]).Should().Be(new SampleMean(double.NaN, double.NaN, 0));
    }

    [Fact]
    public void Values_that_agree_have_an_error_of_exactly_0() => SampleMean.Of([0.1, 0.1, 0.1]).Should().Be(new SampleMean(0.1, 0, 3));
}
