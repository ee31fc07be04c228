namespace PluginPrune.EngineTorch.Training.Parameters;

/// <summary>How a tensor is treated in training. Tensors of a kind lie together, in this order.</summary>
internal enum ParameterKind
{
    /// <summary>A weight of a convolution or a linear layer: it decays.</summary>
    Weight,

    /// <summary>A bias of such a layer: it has a learning rate of its own.</summary>
    Bias,

    /// <summary>A scale or a shift of a batch norm.</summary>
    Norm,

    /// <summary>A running statistic: no gradients.</summary>
    Statistic,

    /// <summary>A tensor of a frozen node: it never changes.</summary>
    Frozen,
}
