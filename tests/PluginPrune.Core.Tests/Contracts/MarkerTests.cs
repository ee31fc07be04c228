using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Tests.Contracts;

public sealed class MarkerTests
{
    [Theory]
    [InlineData("labels", true)]
    [InlineData("*.xml", true)]
    [InlineData("annotations/*.json", true)]
    [InlineData("a/b/..c", true)]
    [InlineData("", false)]
    [InlineData("/labels", false)]
    [InlineData("labels/", false)]
    [InlineData("labels//x", false)]
    [InlineData("../labels", false)]
    [InlineData("labels/./x", false)]
    [InlineData("labels\\x", false)]
    public void A_marker_is_a_name_or_several_joined(string text, bool isOne) => PluginNames.IsMarker(text).Should().Be(isOne);
}
