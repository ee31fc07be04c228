namespace PluginPrune.Core.Inspection;

/// <summary>How a path of ties goes from one value to the next.</summary>
public enum TieLink
{
    /// <summary>The path begins here.</summary>
    Start,

    /// <summary>This value is computed from the last one.</summary>
    Forward,

    /// <summary>The last value is computed from this one.</summary>
    Backward,

    /// <summary>It is the same value, from here on by other channels of it.</summary>
    OtherChannels,
}
