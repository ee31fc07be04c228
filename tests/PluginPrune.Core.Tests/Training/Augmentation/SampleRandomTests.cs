using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Augmentation;

public sealed class SampleRandomTests
{
    [Fact]
    public void Samples_that_lie_side_by_side_have_nothing_in_common()
    {
        double[] first = [.. from seed in Enumerable.Range(0, 10) from epoch in Enumerable.Range(0, 20) from index in Enumerable.Range(0, 50) select new SampleRandom(seed, epoch, index).Unit()];

        first.Should().OnlyHaveUniqueItems();
        first.Average().Should().BeApproximately(0.5, 0.01);
        first.Zip(first.Skip(1)).Average(static pair => (pair.First - 0.5) * (pair.Second - 0.5)).Should().BeApproximately(0, 0.003);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(32)]
    public void Beta_has_its_mean_and_its_variance(double alpha)
    {
        var random = new SampleRandom(1, 2, 3);
        double[] drawn = [.. Enumerable.Range(0, 40_000).Select(_ => random.Beta(alpha))];

        double variance = drawn.Average(static share => (share - 0.5) * (share - 0.5));

        drawn.Should().OnlyContain(static share => share >= 0 && share <= 1);
        drawn.Average().Should().BeApproximately(0.5, 0.01);
        (variance * 4 * ((2 * alpha) + 1)).Should().BeApproximately(1, 0.03);
    }
}
