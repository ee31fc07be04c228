using PluginPrune.Contracts.Plugins;
using PluginPrune.CriterionNorm.Chance;
using PluginPrune.CriterionNorm.GeometricMedian;
using PluginPrune.CriterionNorm.Magnitudes;

namespace PluginPrune.CriterionNorm;

/// <summary>The criteria that judge a channel by the weights that make it, and chance, which they are compared with.</summary>
[Plugin("pluginprune.criterion-norm", Description = "Prunes by the weights of filters: norms, geometric median; or at random", License = "Apache-2.0")]
public sealed class NormPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        registry.AddCriterion<FilterOptions>(
            "l1", "Smallest sums of the magnitudes of a filter's weights", static options => new MagnitudeCriterion(options, FilterNorm.L1));
        registry.AddCriterion<FilterOptions>(
            "l2", "Smallest roots of the sums of the squares of a filter's weights", static options => new MagnitudeCriterion(options, FilterNorm.L2));
        registry.AddCriterion<FilterOptions>(
            "fpgm", "Filters nearest to all others of their layer, which can best stand in for them", static options => new GeometricMedianCriterion(options));
        registry.AddCriterion<RandomOptions>(
            "random", "Channels drawn by --seed: what a criterion must be better than", static options => new RandomCriterion(options));
    }
}
