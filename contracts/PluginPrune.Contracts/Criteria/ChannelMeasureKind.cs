namespace PluginPrune.Contracts.Criteria;

/// <summary>What is measured of a layer's channels on labelled pictures.</summary>
/// <remarks>
/// All are importances by a Taylor expansion of the loss L to first order (Molchanov et al. 2019, 'Importance Estimation for Neural
/// Network Pruning', section 3): the mean, over batches, of the square of what L would change by, to first order, if a channel's
/// own tensors became 0. The square is of the derivative of a batch's loss, which is a mean over its pictures: with batches of one
/// picture gates give twice the importance of Theis et al. (2018, 'Faster gaze prediction with dense networks and Fisher pruning').
/// </remarks>
public enum ChannelMeasureKind
{
    /// <summary>
    /// A gate on the layer's output y, which is multiplied by 1: (sum of y dL/dy)^2. Of a batch norm that is
    /// (gamma dL/dgamma + beta dL/dbeta)^2, as published; of a convolution or linear layer (sum of w dL/dw over a filter + b dL/db)^2.
    /// </summary>
    TaylorGates,

    /// <summary>
    /// The scale of a batch norm alone: (gamma dL/dgamma)^2. Where what a dropped channel leaves, act(beta), is folded into the layers
    /// behind, as the host does, this is what goes.
    /// </summary>
    TaylorScales,

    /// <summary>The filters of a convolution or linear layer: (sum of w dL/dw over the filter's weights)^2, its bias left out.</summary>
    TaylorFilters,
}
