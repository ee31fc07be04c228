using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionDual;

/// <summary>Two criteria together, each at its own rate (Yang, Liang and Du 2021).</summary>
[Plugin("pluginprune.criterion-dual", Description = "Prunes by two criteria together, each at its own rate", License = "Apache-2.0")]
public sealed class DualPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCriterion<DualOptions>(
        "dual", "What either of two criteria drops, each at its own rate; as published, smallest gammas and parameter subspace", static options => new DualCriterion(options));
}
