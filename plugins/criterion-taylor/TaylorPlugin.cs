using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionTaylor;

/// <summary>The criterion that judges a channel by what the loss of labelled pictures makes of it.</summary>
[Plugin("pluginprune.criterion-taylor", Description = "Prunes by what a channel matters to the loss of labelled pictures", License = "Apache-2.0")]
public sealed class TaylorPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCriterion<TaylorOptions>(
        "taylor", "Channels without which the loss of the pictures of --data changes least, to first order", static options => new TaylorCriterion(options));
}
