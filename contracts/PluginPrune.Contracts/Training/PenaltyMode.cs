namespace PluginPrune.Contracts.Training;

/// <summary>How a penalty moves the scales of a batch norm.</summary>
public enum PenaltyMode
{
    /// <summary>
    /// Adds strength * sign(gamma - centre) to the gradient of each step, as Network Slimming does (Liu et al. 2017, equation 1). It
    /// never arrives at the centre but swings about it.
    /// </summary>
    Subgradient,

    /// <summary>
    /// After each step, moves gamma towards its centre by rate * strength / (1 - momentum), and no further: a soft threshold (Parikh
    /// and Boyd 2014, section 6.5.2), which arrives exactly. Divided so that both modes pull alike with <see cref="OptimizerKind.Sgd"/>;
    /// with <see cref="OptimizerKind.AdamW"/>, whose steps do not grow with momentum, it is rate * strength.
    /// </summary>
    Proximal,
}
