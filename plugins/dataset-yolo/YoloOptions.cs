using PluginPrune.Contracts.Options;

namespace PluginPrune.DatasetYolo;

/// <summary>The options of YOLO datasets.</summary>
public sealed class YoloOptions
{
    /// <summary>A file with the classes' names, one a line, in the order of the labels' numbers.</summary>
    /// <value>The default is what the dataset itself names.</value>
    [Option("File with the classes' names, one a line, in place of what the dataset names")]
    public string? ClassNames { get; init; }
}
