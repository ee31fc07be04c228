using PluginPrune.Contracts.Options;

namespace PluginPrune.DatasetVoc;

/// <summary>The options of VOC datasets.</summary>
public sealed class VocOptions
{
    /// <summary>What the numbers of a box mean.</summary>
    /// <value>The default is <see cref="BoxNumbers.Inclusive"/>.</value>
    [Option("Whether xmin to xmax are the first and last pixel, counted from 1, as in the VOC challenges, or the box's corners")]
    public BoxNumbers BoxNumbers { get; init; } = BoxNumbers.Inclusive;

    /// <summary>A file with the classes' names, one a line, in the order that they are to have.</summary>
    /// <value>The default is a file of names in the dataset, else all names that occur, in ordinal order.</value>
    [Option("File with the classes' names, one a line, in place of all names that occur, sorted")]
    public string? ClassNames { get; init; }
}
