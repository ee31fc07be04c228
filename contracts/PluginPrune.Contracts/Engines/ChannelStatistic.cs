namespace PluginPrune.Contracts.Engines;

/// <summary>How a channel's elements, over all pictures and places, become one number.</summary>
public enum ChannelStatistic
{
    /// <summary>The mean.</summary>
    Mean,

    /// <summary>The mean of the squares.</summary>
    MeanOfSquares,

    /// <summary>The mean of the absolute values.</summary>
    MeanOfAbsolutes,

    /// <summary>The share of elements that are exactly 0, 0 to 1: APoZ (Hu et al. 2016, equation 1) after a rectifier.</summary>
    ShareOfZeros,

    /// <summary>The largest element.</summary>
    Maximum,
}
