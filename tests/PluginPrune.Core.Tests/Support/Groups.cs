using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Support;

/// <summary>Shorthand for asking an analysis.</summary>
internal static class Groups
{
    public static NetworkAnalysis Analyse(this NetworkBuilder builder, PruningScope scope = PruningScope.Full) =>
        NetworkAnalysis.Of(builder.Build(), scope);

    /// <summary>The group of a value's channel, and the element that it is.</summary>
    public static (ChannelGroup Group, int Element) At(this NetworkAnalysis analysis, string value, int channel)
    {
        ChannelElement element = analysis.ElementsOf(value)[channel];
        return (analysis.Groups[element.Group], element.Element);
    }

    public static Node NodeOf(this NetworkAnalysis analysis, string id) => analysis.Network[id];
}
