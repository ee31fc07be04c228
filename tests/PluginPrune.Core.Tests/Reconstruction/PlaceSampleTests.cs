using PluginPrune.Core.Reconstruction;

namespace PluginPrune.Core.Tests.Reconstruction;

public sealed class PlaceSampleTests
{
    [Fact]
    public void Of_FewerThanAll_DrawsDifferentPlacesTheSameForASeed()
    {
        int[][] drawn = [.. Enumerable.Range(0, 50).Select(static picture => new PlaceSample(100, 30, seed: 7).Of(picture).ToArray())];
        var again = new PlaceSample(100, 30, seed: 7);

        drawn.Should().OnlyContain(static places => places.Distinct().Count() == 30 && places.All(static place => place >= 0 && place < 100));
        Enumerable.Range(0, 50).Reverse().Should().OnlyContain(picture => again.Of(picture).ToArray().SequenceEqual(drawn[picture]), "in any order");
        drawn.SelectMany(static places => places).Distinct().Should().HaveCount(100);
        new PlaceSample(100, 30, seed: 8).Of(0).ToArray().Should().NotEqual(drawn[0]);
    }

    [Fact]
    public void Of_All_GivesEachOnce() => new PlaceSample(5, 5, seed: 1).Of(3).ToArray().Should().Equal(0, 1, 2, 3, 4);
}
