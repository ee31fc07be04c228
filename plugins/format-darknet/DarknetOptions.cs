using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatDarknet;

/// <summary>The options of the Darknet format.</summary>
public sealed class DarknetOptions
{
    /// <summary>What batch normalization adds to the variance; the file does not say it, Darknet's source does.</summary>
    /// <value>The default is 1e-5.</value>
    [Option("What Darknet adds to the variance in batch normalization", Minimum = 0)]
    public double BnEps { get; init; } = 1e-5;
}
