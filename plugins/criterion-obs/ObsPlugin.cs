using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionObs;

/// <summary>The criterion that judges a channel by how badly the layers behind it could do without it.</summary>
[Plugin("pluginprune.criterion-obs", Description = "Prunes what the layers behind can best make up for by other weights", License = "Apache-2.0")]
public sealed class ObsPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCriterion<ObsOptions>(
        "obs", "Channels that the layers behind make up for best by new weights, on the pictures of --data (optimal brain surgeon)", static options => new ObsCriterion(options));
}
