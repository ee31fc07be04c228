namespace PluginPrune.Core.Inspection;

/// <summary>What a layer does in a network, as far as a picture of it tells layers apart.</summary>
public enum LayerRole
{
    /// <summary>A convolution or linear layer that makes new channels.</summary>
    Convolution,

    /// <summary>A convolution of each channel on its own.</summary>
    Depthwise,

    /// <summary>Pooling of any kind.</summary>
    Pool,

    /// <summary>Addition or multiplication of values.</summary>
    Merge,

    /// <summary>Hands channels on: concatenations, slices, upsampling, activations and norms that stand alone.</summary>
    Route,

    /// <summary>An operation that nobody here knows.</summary>
    Opaque,

    /// <summary>Says what a raw output means.</summary>
    Head,
}
