using PluginPrune.Contracts.Plugins;

namespace PluginPrune.DatasetCoco;

/// <summary>Reads pictures with the object annotations of COCO, which labelling tools write too.</summary>
[Plugin("pluginprune.dataset-coco", Description = "Reads datasets with COCO annotations", License = "Apache-2.0")]
public sealed class CocoPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<CocoOptions>(
            "coco",
            "COCO annotations: an instances .json, or the folder with it and its pictures",
            [".json"],
            ["annotations/*.json", "instances*.json", "_annotations.coco.json", "*/_annotations.coco.json", "annotations*.json", "*.coco.json"],
            static options => new CocoFormat(options));
}
