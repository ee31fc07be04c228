using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;

namespace PluginPrune.Core.Inspection;

/// <summary>Finds out what ties each group.</summary>
internal static class TieFinder
{
    /// <summary>The ties of every group, in the groups' order.</summary>
    public static TieKinds[] Find(NetworkAnalysis analysis)
    {
        TieKinds[] ties = [.. analysis.Groups.Select(OfMembers)];
        foreach (Node node in analysis.Network.Nodes)
        {
            switch (node.Operation)
            {
                // A factor that the value itself is made of, as in x * sigmoid(x), ties no two layers.
                case Multiply when analysis.Network.ShapeOf(node.Inputs[1]).Channels == analysis.Network.ShapeOf(node.Inputs[0]).Channels:
                    Mark(node.Id, TieKinds.Multiplication, static group => group.Members.Count(static member => member.IsProducer) > 1);
                    break;
                case ChannelShuffle or Reorg:
                    Mark(node.Id, TieKinds.Shuffle, static _ => true);
                    break;
                default:
                    break;
            }
        }

        return ties;

        void Mark(string value, TieKinds kind, Func<ChannelGroup, bool> isTied)
        {
            foreach (int group in analysis.ElementsOf(value).Select(static element => element.Group).Distinct().Where(static group => group >= 0))
            {
                ties[group] |= isTied(analysis.Groups[group]) ? kind : TieKinds.None;
            }
        }
    }

    private static TieKinds OfMembers(ChannelGroup group)
    {
        TieKinds ties = group.IsTiedByAddition ? TieKinds.Addition : TieKinds.None;
        foreach (GroupMember member in group.Members.Where(static member => !member.IsProducer))
        {
            ties |= member.Layer.Operation is BatchNorm ? TieKinds.LoneNorm : TieKinds.Depthwise;
        }

        return ties;
    }
}
