using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionSubspace;

/// <summary>The first of the two criteria of Yang, Liang and Du (Computer Engineering 47(2), 2021): k-means over a layer's filters.</summary>
[Plugin("pluginprune.criterion-subspace", Description = "Clusters the filters of every layer and prunes within the clusters", License = "Apache-2.0")]
public sealed class SubspacePlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCriterion<SubspaceOptions>(
        "subspace", "Smallest filters of every cluster of a layer's filters (k-means parameter subspace); what shortcuts tie is left alone", static options => new SubspaceCriterion(options));
}
