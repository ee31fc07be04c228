namespace PluginPrune.Core.Inspection;

/// <summary>What ties the layers of a channel group.</summary>
[Flags]
public enum TieKinds
{
    /// <summary>Nothing: the group is one layer.</summary>
    None = 0,

    /// <summary>A sum, as of a residual shortcut.</summary>
    Addition = 1,

    /// <summary>A convolution of each channel on its own, which hands channels on.</summary>
    Depthwise = 2,

    /// <summary>A product with one factor for each channel, as in squeeze and excite.</summary>
    Multiplication = 4,

    /// <summary>A batch norm over a concatenation: it belongs to several groups.</summary>
    LoneNorm = 8,

    /// <summary>A shuffle or reorganisation, which ties channels of one layer to each other.</summary>
    Shuffle = 16,
}
