using PluginPrune.Contracts.Options;

namespace PluginPrune.FormatDarknet;

/// <summary>The options of the Darknet format.</summary>
public sealed class DarknetOptions
{
    /// <summary>What batch normalization adds to the variance; the file does not say it, Darknet's source does.</summary>
    /// <value>The default is 1e-5.</value>
    [Option("What Darknet adds to the variance in batch normalization", Minimum = 0)]
    public double BnEps { get; init; } = 1e-5;

    /// <summary>
    /// How many layers the .weights file holds where it does not hold all, as the backbones for training; the others begin
    /// with zeros and seeded random weights.
    /// </summary>
    /// <value>The default is 0: the file must hold all layers.</value>
    [Option("How many layers a partial weights file holds, 0 for all", Minimum = 0)]
    public int Cutoff { get; init; }
}
