using PluginPrune.Contracts.Plugins;
using PluginPrune.CriterionBn.BnMean;
using PluginPrune.CriterionBn.Normal;
using PluginPrune.CriterionBn.Shortcut;
using PluginPrune.CriterionBn.Slim;

namespace PluginPrune.CriterionBn;

/// <summary>The criteria that judge channels and blocks by the scale of their batch norms (Network Slimming, Liu et al. 2017).</summary>
[Plugin("pluginprune.criterion-bn", Description = "Prunes by the scale (gamma) of batch norms", License = "Apache-2.0")]
public sealed class BatchNormPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        registry.AddCriterion<NormalOptions>(
            "normal", "Smallest gammas over all layers; what shortcuts tie is left alone", static options => new NormalCriterion(options));
        registry.AddCriterion<ShortcutOptions>(
            "shortcut", "Smallest gammas over all layers; the first layer of a tied set decides for all of it", static options => new ShortcutCriterion(options));
        registry.AddCriterion<SlimOptions>(
            "slim", "Smallest gammas over all layers; a tied channel stays where any of its layers wants it", static options => new SlimCriterion(options));
        registry.AddBlockCriterion<NoOptions>(
            "bn-mean", "Mean gamma of the last batch norm of each residual block", static _ => new BnMeanCriterion());
    }
}
