using PluginPrune.Contracts.Plugins;

namespace PluginPrune.DatasetYolo;

/// <summary>Reads pictures with YOLO labels, as Darknet, Ultralytics and their tools write them.</summary>
[Plugin("pluginprune.dataset-yolo", Description = "Reads datasets with YOLO labels", License = "Apache-2.0")]
public sealed class YoloPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<YoloOptions>(
            "yolo",
            "YOLO labels: a .data, a .yaml, a list of pictures, or a folder with images and labels",
            [".data", ".yaml", ".yml", ".txt"],
            ["*.data", "*.yaml", "*.yml", "*.names", "classes.txt", "labels/*.txt", "labels/*/*.txt", "train/labels/*.txt", "val/labels/*.txt", "valid/labels/*.txt", "test/labels/*.txt", "_darknet.labels", "*/_darknet.labels"],
            static options => new YoloFormat(options));
}
