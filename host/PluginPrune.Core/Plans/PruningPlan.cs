using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>
/// What is kept of a network and what goes: blocks first, then, group by group, channels of what is left. Immutable.
/// </summary>
public sealed class PruningPlan
{
    private readonly Dictionary<string, string> _replacements = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);

    /// <summary>Puts a plan together.</summary>
    /// <param name="network">The whole network.</param>
    /// <param name="removedBlocks">Blocks of the whole network that go.</param>
    /// <param name="analysis">What <see cref="BlockRemoval.Remove"/> leaves, analysed.</param>
    /// <param name="masks">What stays of each of its groups.</param>
    public PruningPlan(Network network, ImmutableArray<ResidualBlock> removedBlocks, NetworkAnalysis analysis, ChannelMasks masks)
    {
        Network = network;
        RemovedBlocks = removedBlocks;
        Analysis = analysis;
        Masks = masks;
        foreach (ResidualBlock block in removedBlocks)
        {
            _removed.UnionWith(block.Branch.Select(static node => node.Id));
            _removed.Add(block.Junction.Id);
            _replacements[block.Junction.Id] = block.Input;
        }
    }

    /// <summary>The whole network.</summary>
    public Network Network { get; }

    /// <summary>The blocks that go, in the network's order.</summary>
    public ImmutableArray<ResidualBlock> RemovedBlocks { get; }

    /// <summary>The network without those blocks, and its groups.</summary>
    public NetworkAnalysis Analysis { get; }

    /// <summary>What stays of each group.</summary>
    public ChannelMasks Masks { get; }

    /// <summary>What becomes of what dropped channels still contribute.</summary>
    /// <value>The default is <see cref="FoldingMode.Standard"/>.</value>
    public FoldingMode Folding { get; init; }

    /// <summary>
    /// Elements that stay only as constants: their layers have scale 0 for them, and they carry what dropped channels
    /// contributed to where zero padding is seen. <see cref="Masks"/> keeps them.
    /// </summary>
    public ImmutableHashSet<ChannelElement> Constants { get; init; } = [];

    /// <summary>Whether a node goes with a block, the addition of the block included.</summary>
    /// <param name="node">The node's id.</param>
    public bool IsRemoved(string node) => _removed.Contains(node);

    /// <summary>The value that is read in place of a block's addition; any other value itself.</summary>
    /// <param name="value">A value of the whole network.</param>
    public string Resolve(string value)
    {
        while (_replacements.TryGetValue(value, out string? replacement))
        {
            value = replacement;
        }

        return value;
    }

    /// <summary>
    /// The same plan by which the constant channels go as well: for counting what they cost. Parts that must be equal may no
    /// longer be.
    /// </summary>
    public PruningPlan WithoutConstants()
    {
        ImmutableArray<bool>[] masks = [.. Analysis.Groups.Select(group => Masks[group])];
        foreach (ChannelElement element in Constants)
        {
            masks[element.Group] = masks[element.Group].SetItem(element.Element, false);
        }

        return new PruningPlan(Network, RemovedBlocks, Analysis, new ChannelMasks(masks));
    }

    /// <summary>For each channel of a value of the whole network, whether it stays.</summary>
    /// <param name="value">A node's id or an input's name.</param>
    public bool[] KeepOf(string value)
    {
        string left = Resolve(value);
        if (IsRemoved(left))
        {
            return new bool[Network.ShapeOf(value).Channels];
        }

        return [.. Analysis.ElementsOf(left).Select(IsKept)];
    }

    /// <summary>For each channel of a value of the whole network, whether it stays and is more than a constant.</summary>
    /// <param name="value">A node's id or an input's name.</param>
    public bool[] LiveOf(string value)
    {
        bool[] live = KeepOf(value);
        if (!Constants.IsEmpty)
        {
            bool[] constants = ConstantsOf(value);
            for (int channel = 0; channel < live.Length; channel++)
            {
                live[channel] &= !constants[channel];
            }
        }

        return live;
    }

    /// <summary>For each channel of a value of the whole network, whether it stays only as a constant.</summary>
    /// <param name="value">A node's id or an input's name.</param>
    public bool[] ConstantsOf(string value)
    {
        string left = Resolve(value);
        return Constants.IsEmpty || IsRemoved(left)
            ? new bool[Network.ShapeOf(value).Channels]
            : [.. Analysis.ElementsOf(left).Select(Constants.Contains)];
    }

    private bool IsKept(ChannelElement element) =>
        element.Group < 0 || Masks[Analysis.Groups[element.Group]][element.Element];
}
