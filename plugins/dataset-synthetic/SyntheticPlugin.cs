using PluginPrune.Contracts.Plugins;

namespace PluginPrune.DatasetSynthetic;

/// <summary>Makes labelled pictures, so that everything can be tried without any data of one's own.</summary>
[Plugin("pluginprune.dataset-synthetic", Description = "Draws labelled scenes from a seed", License = "Apache-2.0")]
public sealed class SyntheticPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<SyntheticOptions>(
            "synthetic",
            "Drawn scenes with discs, rings, triangles, stars and crosses among clutter; no files needed",
            [],
            [],
            static options => new SyntheticFormat(options));
}
