using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionDual;

/// <summary>Options of <see cref="DualCriterion"/>.</summary>
public sealed class DualOptions
{
    /// <summary>The rate of each criterion in percent, as the paper writes them.</summary>
    /// <value>The default is '60U40'.</value>
    [Option("Rates of the two in percent: 60U40 drops 60 % by the first and 40 % by the second")]
    public string Rates { get; init; } = "60U40";

    /// <summary>The criterion of the first rate.</summary>
    /// <value>The default is 'slim': the scales of batch norms.</value>
    [Option("Criterion of the first rate")]
    [ContributionName(ContributionKind.Criterion)]
    public string First { get; init; } = "slim";

    /// <summary>The criterion of the second rate.</summary>
    /// <value>The default is 'subspace'.</value>
    [Option("Criterion of the second rate")]
    [ContributionName(ContributionKind.Criterion)]
    public string Second { get; init; } = "subspace";

    /// <summary>What goes of what the two would drop.</summary>
    /// <value>The default is <see cref="Combination.Union"/>.</value>
    [Option("What goes: what either drops, what both drop, or as much as either, lowest mean rank (weighted by the rates) first")]
    public Combination Combine { get; init; } = Combination.Union;

    /// <summary>How tied layers agree, under both criteria.</summary>
    /// <value>The default is <see cref="Contracts.Criteria.Coupling.Skip"/>, as published.</value>
    [Option("How the layers of a tied set agree, under both")]
    public Coupling Coupling { get; init; } = Coupling.Skip;

    /// <summary>Among which scores the rates are taken, of criteria that do not make sets of their own.</summary>
    /// <value>The default is <see cref="SelectionRange.PerLayer"/>, as published.</value>
    [Option("Whether a rate is a share of each layer's channels or of all; clusters of a criterion's own stay as they are")]
    public SelectionRange Range { get; init; } = SelectionRange.PerLayer;
}
