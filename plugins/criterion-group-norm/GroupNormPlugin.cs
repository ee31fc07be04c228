using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionGroupNorm;

/// <summary>The criterion that judges a channel by all weights that go with it, wherever they are.</summary>
[Plugin("pluginprune.criterion-group-norm", Description = "Prunes by the norm of all weights that go with a channel, in all layers that it couples", License = "Apache-2.0")]
public sealed class GroupNormPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCriterion<GroupNormOptions>(
        "group-norm", "Smallest norms of all that goes with a channel: filters, scales, and what the layers behind read it with", static options => new GroupNormCriterion(options));
}
