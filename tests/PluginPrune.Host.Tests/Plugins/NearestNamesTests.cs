using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class NearestNamesTests
{
    [Theory]
    [InlineData("slim", "slim", 0)]
    [InlineData("slim", "SLIM", 0)]
    [InlineData("slm", "slim", 1)]
    [InlineData("silm", "slim", 1)]
    [InlineData("slims", "slim", 1)]
    [InlineData("slin", "slim", 1)]
    [InlineData("", "slim", 4)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void Distance_CountsSlips(string left, string right, int expected)
    {
        NearestNames.Distance(left, right).Should().Be(expected);
        NearestNames.Distance(right, left).Should().Be(expected);
    }

    [Fact]
    public void Of_ATypo_GivesTheNearestFirst() =>
        NearestNames.Of("shrotcut", ["slim", "normal", "shortcut", "shortcuts"]).Should().Equal("shortcut", "shortcuts");

    [Fact]
    public void Of_SomethingElse_GivesNothing() => NearestNames.Of("zebra", ["slim", "normal", "shortcut"]).Should().BeEmpty();

    [Fact]
    public void Of_ManyAlike_GivesThree() => NearestNames.Of("aaa", ["aab", "aac", "aad", "aae"]).Should().Equal("aab", "aac", "aad");
}
