using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionBn.Slim;

/// <summary>Options of <see cref="SlimCriterion"/>.</summary>
public sealed class SlimOptions
{
    /// <summary>The share of all gammas that go.</summary>
    /// <value>The default is 0.8.</value>
    [Option("Share of all gammas that go, lowest first", Minimum = 0, Maximum = 1, Aliases = ["global_percent"])]
    public double GlobalPercent { get; init; } = 0.8;

    /// <summary>Among which gammas the share is taken.</summary>
    /// <value>The default is <see cref="SelectionRange.Global"/>.</value>
    [Option("Whether the share is taken of all layers together or of each")]
    public SelectionRange Range { get; init; } = SelectionRange.Global;

    /// <summary>The least share of its channels that every layer keeps.</summary>
    /// <value>The default is 0.01.</value>
    [Option("Least share of its channels that every layer keeps", Minimum = 0, Maximum = 1, Aliases = ["layer_keep"])]
    public double LayerKeep { get; init; } = 0.01;

    /// <summary>How tied layers agree.</summary>
    /// <value>The default is <see cref="Contracts.Criteria.Coupling.Union"/>.</value>
    [Option("How the layers of a tied set agree")]
    public Coupling Coupling { get; init; } = Coupling.Union;
}
