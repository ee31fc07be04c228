namespace PluginPrune.Plugins.Tests.CriterionDual;

/// <summary>What must hold of any two criteria that judge filters by their numbers.</summary>
public sealed class DualLawTests
{
    [Theory]
    [InlineData("union")]
    [InlineData("intersection")]
    [InlineData("rank")]
    public void Decide_FiltersInAnotherOrder_DropsTheSameFilters(string combine)
    {
        var chain = new PermutableChain(5, 24);
        int[] order = [.. Enumerable.Range(0, 24)];
        new Random(2).Shuffle(order);

        foreach (string second in new[] { "l1", "subspace" })
        {
            bool[] plain = chain.KeptBy(Enumerable.Range(0, 24).ToArray(), ("second", second), ("combine", combine));
            bool[] shuffled = chain.KeptBy(order, ("second", second), ("combine", combine));

            shuffled.Should().Equal(order.Select(channel => plain[channel]));
            plain.Should().Contain(false).And.Contain(true);
        }
    }

    [Fact]
    public void Decide_EverythingEqual_DropsTheHigherIndexesOfEach()
    {
        var chain = new PermutableChain(5, 10) { IsFlat = true };

        // Six by gamma and four by norm, both from the end.
        chain.KeptBy([.. Enumerable.Range(0, 10)], ("second", "l1")).Should().Equal(Enumerable.Range(0, 10).Select(channel => channel < 4));
        chain.KeptBy([.. Enumerable.Range(0, 10)], ("second", "l1"), ("combine", "intersection")).Should().Equal(Enumerable.Range(0, 10).Select(channel => channel < 6));
        chain.KeptBy([.. Enumerable.Range(0, 10)], ("second", "l1"), ("combine", "rank")).Should().Equal(Enumerable.Range(0, 10).Select(channel => channel < 4));
    }

    [Fact]
    public void Decide_ScaledGammasOfALayer_DropsTheSame()
    {
        var chain = new PermutableChain(7, 32);

        bool[] kept = chain.KeptBy([.. Enumerable.Range(0, 32)], ("second", "l1"));

        // Each layer is ranked by itself, so its scale says nothing; the gammas' neither.
        new PermutableChain(7, 32) { GammaScale = 1000, WeightScale = 0.001f }.KeptBy([.. Enumerable.Range(0, 32)], ("second", "l1")).Should().Equal(kept);
    }
}
