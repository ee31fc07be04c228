using PluginPrune.Contracts.Plugins;
using PluginPrune.DatasetCifar.Batches;
using PluginPrune.DatasetCifar.Folders;

namespace PluginPrune.DatasetCifar;

/// <summary>Reads pictures that show one class each: CIFAR's own files, and folders named for classes.</summary>
[Plugin("pluginprune.dataset-cifar", Description = "Reads datasets of pictures of one class each", License = "Apache-2.0")]
public sealed class CifarPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        registry.AddDataset<NoOptions>(
            "cifar",
            "CIFAR-10 and CIFAR-100 as they are published: the unpacked folder of the binary or the Python version",
            [],
            ["data_batch_*", "test_batch*", "fine_label_names.txt", "batches.meta*"],
            static _ => new CifarFormat());

        // Folders of pictures may be anything; those that are auto-detected have names that tell. Others say --data-format folders.
        registry.AddDataset<NoOptions>(
            "folders",
            "Pictures in a folder for each class, train/CLASS/*.jpg for instance, or a .zip of such folders",
            [".zip"],
            ["train/airplane", "test/airplane", "train/n0*", "val/n0*"],
            static _ => new FoldersFormat());
    }
}
