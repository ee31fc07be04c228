using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionBn.Normal;

/// <summary>Options of <see cref="NormalCriterion"/>.</summary>
public sealed class NormalOptions
{
    /// <summary>The share of the gammas that go.</summary>
    /// <value>The default is 0.8.</value>
    [Option("Share of the gammas of untied layers that go, lowest first", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.8;
}
