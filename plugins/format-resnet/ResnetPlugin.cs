using PluginPrune.Contracts.Plugins;

namespace PluginPrune.FormatResnet;

/// <summary>Reads and writes residual networks as torch saves them.</summary>
[Plugin("pluginprune.format-resnet", Description = "Reads and writes state dictionaries of residual networks, CIFAR's and ImageNet's", License = "Apache-2.0")]
public sealed class ResnetPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry) =>
        registry.AddFormat<ResnetOptions>(
            "resnet",
            "Residual networks for classification: a state dictionary that torch.save wrote, modules named as torchvision's or the CIFAR implementations'",
            [".pth", ".th", ".pt"],
            static options => new ResnetFormat(options));
}
