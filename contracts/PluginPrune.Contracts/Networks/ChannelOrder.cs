namespace PluginPrune.Contracts.Networks;

/// <summary>The order of a picture's channels in a network's input.</summary>
public enum ChannelOrder
{
    /// <summary>Red first.</summary>
    Rgb,

    /// <summary>Blue first.</summary>
    Bgr,

    /// <summary>One channel.</summary>
    Grey,
}
