namespace PluginPrune.Core.Plans;

/// <summary>Whether channels or blocks are chosen first; the second choice is made on what the first leaves.</summary>
public enum PlanOrder
{
    /// <summary>Channels first, blocks scored on what is left of them.</summary>
    ChannelsFirst,

    /// <summary>Blocks first, channels of what is left.</summary>
    BlocksFirst,
}
