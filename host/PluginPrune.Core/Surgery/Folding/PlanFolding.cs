using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>What every layer of a plan's network has to take up.</summary>
internal sealed class PlanFolding
{
    private readonly PruningPlan _plan;
    private readonly ConstantFolding? _dropped;
    private readonly ConstantFolding? _constants;

    public PlanFolding(PruningPlan plan)
    {
        _plan = plan;
        _dropped = plan.Folding == FoldingMode.None ? null : ConstantFolding.OfDropped(plan);
        _constants = plan.Constants.IsEmpty ? null : ConstantFolding.OfConstantChannels(plan);
    }

    /// <summary>Constants that nothing could take up.</summary>
    public IReadOnlyList<FoldingLoss> Losses => _dropped?.Losses ?? [];

    /// <summary>How a convolution or linear layer takes up what its input held; null where there is nothing.</summary>
    /// <param name="node">Its id.</param>
    public ColumnFold? ColumnsOf(string node)
    {
        // What stands in the whole network is read: where that is the sum of a removed block, its constant is not the block's
        // input's, and holds what the branch added.
        Node layer = _plan.Network[node];
        return _dropped?.ConstantsOf(layer.Inputs[0]) is { } dropped
            ? ColumnFold.Of(_plan.Network, layer, dropped, _constants?.ConstantsOf(layer.Inputs[0]), _plan.LiveOf(node))
            : null;
    }

    /// <summary>What a batch norm that stands alone takes up in its mean, channel by channel; null where that is nothing.</summary>
    /// <param name="node">Its id.</param>
    public double[]? MeansOf(string node) => _dropped?.ConstantsOf(_plan.Network[node].Inputs[0])?.Values;

    /// <summary>What is not exact everywhere, in the network's order.</summary>
    public IEnumerable<BorderNeed> FindNeeds()
    {
        foreach (Node node in _plan.Analysis.Network.Nodes)
        {
            switch (node.Operation)
            {
                case Convolution or Linear:
                    foreach (BorderNeed need in ColumnsOf(node.Id)?.Needs ?? [])
                    {
                        yield return need;
                    }

                    break;
                case BatchNorm when BatchNormPairs.StandsAlone(_plan.Network, _plan.Network[node.Id]) && HasOddMean(node):
                    yield return new BorderNeed(node, 0, ChannelConstants.Odd);
                    break;
                default:
                    break;
            }
        }
    }

    private bool HasOddMean(Node norm)
    {
        bool[] live = _plan.LiveOf(norm.Id);
        return _dropped?.ConstantsOf(_plan.Network[norm.Id].Inputs[0]) is { IsFlat: false } constants
            && Enumerable.Range(0, live.Length).Any(channel => live[channel] && constants.Values[channel] != 0 && constants.FormOf(channel) != ChannelConstants.Flat);
    }
}
