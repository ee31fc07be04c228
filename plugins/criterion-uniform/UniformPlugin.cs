using PluginPrune.Contracts.Plugins;

namespace PluginPrune.CriterionUniform;

/// <summary>Narrows a network as whole families of networks are narrowed: every layer by the same share.</summary>
[Plugin("pluginprune.criterion-uniform", Description = "Narrows every layer by the same share: what a pruned network is compared with", License = "Apache-2.0")]
public sealed class UniformPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) => registry.AddCriterion<UniformOptions>(
        "uniform", "The last channels of every layer, the same share of each: the narrower network, to be trained anew", static options => new UniformCriterion(options));
}
