using PluginPrune.Contracts.Plugins;

namespace PluginPrune.DatasetVoc;

/// <summary>Reads pictures with annotations in the XML of the PASCAL VOC challenges, which labelling tools write too.</summary>
[Plugin("pluginprune.dataset-voc", Description = "Reads datasets with PASCAL VOC annotations", License = "Apache-2.0")]
public sealed class VocPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddDataset<VocOptions>(
            "voc",
            "PASCAL VOC annotations: a folder with Annotations and JPEGImages, or with an .xml beside each picture",
            [],
            ["annotations/*.xml", "annotations/*/*.xml", "train/annotations/*.xml", "*.xml", "train/*.xml", "val/*.xml", "valid/*.xml", "test/*.xml", "labels/*.xml", "JPEGImages", "ImageSets"],
            static options => new VocFormat(options));
}
