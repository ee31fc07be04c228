namespace PluginPrune.Contracts.Heads;

/// <summary>What a channel of a head's input predicts.</summary>
public enum HeadChannelRole
{
    /// <summary>A coordinate of a box.</summary>
    Box,

    /// <summary>Whether there is an object.</summary>
    Objectness,

    /// <summary>A class.</summary>
    Class,
}
