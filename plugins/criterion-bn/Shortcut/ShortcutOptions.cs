using PluginPrune.Contracts.Options;

namespace PluginPrune.CriterionBn.Shortcut;

/// <summary>Options of <see cref="ShortcutCriterion"/>.</summary>
public sealed class ShortcutOptions
{
    /// <summary>The share of the gammas that go.</summary>
    /// <value>The default is 0.6.</value>
    [Option("Share of the gammas of deciding layers that go, lowest first", Minimum = 0, Maximum = 1)]
    public double Percent { get; init; } = 0.6;
}
