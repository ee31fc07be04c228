using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>Why the channels of one layer are as they are.</summary>
public sealed record LayerExplanation
{
    /// <summary>The layer.</summary>
    public required LayerInspection Layer { get; init; }

    /// <summary>The value whose channels are explained.</summary>
    public required string Value { get; init; }

    /// <summary>The layer's nodes.</summary>
    public ImmutableArray<Node> Nodes { get; init; } = [];

    /// <summary>The layers that read it.</summary>
    public ImmutableArray<string> Readers { get; init; } = [];

    /// <summary>The groups that the value's channels belong to, with all that is tied to them.</summary>
    public ImmutableArray<GroupExplanation> Groups { get; init; } = [];

    /// <summary>How many of the value's channels no layer makes: they are the network's input, or an opaque node's.</summary>
    public int FixedChannels { get; init; }

    /// <summary>Counts that must stay equal and that involve these groups.</summary>
    public ImmutableArray<EqualParts> Constraints { get; init; } = [];

    /// <summary>Channels of the value that must stay.</summary>
    public ImmutableArray<ChannelNote> Locks { get; init; } = [];

    /// <summary>Residual blocks that the layer belongs to.</summary>
    public ImmutableArray<BlockInspection> Blocks { get; init; } = [];

    /// <summary>What a plan does to the value, or null without a plan.</summary>
    public PlannedChannels? Plan { get; init; }

    /// <summary>What the criterion said of the layer when the plan was made.</summary>
    public ImmutableArray<PlannedNote> Notes { get; init; } = [];
}
