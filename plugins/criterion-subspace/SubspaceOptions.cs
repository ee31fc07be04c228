using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.CriterionSubspace.Features;

namespace PluginPrune.CriterionSubspace;

/// <summary>Options of <see cref="SubspaceCriterion"/>.</summary>
public sealed class SubspaceOptions
{
    /// <summary>The share P of each cluster that goes: floor(P n) of its n filters.</summary>
    /// <value>The default is 0.4.</value>
    [Option("Share of the filters of every cluster that go, those of least weight first", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.4;

    /// <summary>The number of clusters of every layer.</summary>
    /// <value>The default is null: the elbow of each layer's distortion curve.</value>
    [Option("Clusters of every layer; without it the elbow of each layer's own curve", Minimum = 1)]
    public int? K { get; init; }

    /// <summary>The end of the curve in which the elbow is looked for.</summary>
    /// <value>The default is 10.</value>
    [Option("Most clusters that the elbow is looked for among", Minimum = 3, Maximum = 100)]
    public int KMax { get; init; } = 10;

    /// <summary>What filters are clustered by.</summary>
    /// <value>The default is <see cref="FilterFeature.Sum"/>.</value>
    [Option("What of its weights a filter is clustered by; flat is all of them")]
    public FilterFeature Feature { get; init; }

    /// <summary>Whether <see cref="FilterFeature.Flat"/> looks at directions alone.</summary>
    /// <value>The default is false.</value>
    [Option("Bring filters to length 1 before they are clustered; with --feature flat")]
    public bool Normalize { get; init; }

    /// <summary>What filters of a cluster are ranked by.</summary>
    /// <value>The default is <see cref="FilterWeight.L1"/>.</value>
    [Option("What filters of a cluster are ranked by")]
    public FilterWeight RankBy { get; init; }

    /// <summary>How often whole filters are clustered from random beginnings; numbers need none.</summary>
    /// <value>The default is 10.</value>
    [Option("Random beginnings, of which the best counts; with --feature flat", Minimum = 1, Maximum = 1000)]
    public int Restarts { get; init; } = 10;

    /// <summary>The least share of its channels that every layer keeps.</summary>
    /// <value>The default is 0.</value>
    [Option("Least share of its channels that every layer keeps", Minimum = 0, Maximum = 1)]
    public double LayerKeep { get; init; }

    /// <summary>How tied layers agree.</summary>
    /// <value>The default is <see cref="Contracts.Criteria.Coupling.Skip"/>.</value>
    [Option("How the layers of a tied set agree")]
    public Coupling Coupling { get; init; } = Coupling.Skip;
}
