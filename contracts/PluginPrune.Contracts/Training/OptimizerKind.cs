namespace PluginPrune.Contracts.Training;

/// <summary>How gradients move parameters.</summary>
public enum OptimizerKind
{
    /// <summary>
    /// Stochastic gradient descent with Nesterov's momentum in the form of Sutskever et al. (2013): v = m v + g, w -= rate (g + m v).
    /// </summary>
    Sgd,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2).</summary>
    AdamW,
}
