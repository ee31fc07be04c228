using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatResnet;

/// <summary>What a state dictionary does not say.</summary>
public sealed class ResnetOptions
{
    /// <summary>The mean of each channel, red first, of pixels scaled to 0..1.</summary>
    /// <value>The default is ImageNet's, which torchvision and most CIFAR implementations use.</value>
    [Option("Mean that is taken off red, green and blue, of 0 to 1")]
    public string Mean { get; init; } = "0.485,0.456,0.406";

    /// <summary>The standard deviation of each channel, red first.</summary>
    /// <value>The default is ImageNet's.</value>
    [Option("Standard deviation that red, green and blue are divided by")]
    public string Std { get; init; } = "0.229,0.224,0.225";
}
