using PluginPrune.Contracts.Options;

namespace PluginPrune.DatasetCoco;

/// <summary>The options of COCO datasets.</summary>
public sealed class CocoOptions
{
    /// <summary>The folder from which the pictures' file names are meant.</summary>
    /// <value>The default is the likeliest of the folders around the .json.</value>
    [Option("Folder of the pictures, in place of the likeliest one around the .json")]
    public string? ImagesFolder { get; init; }

    /// <summary>Which category is class 0, 1 and so on.</summary>
    /// <value>The default is <see cref="ClassOrder.Id"/>.</value>
    [Option("In which order categories are classes: by their ids, which may have gaps, or as in the file")]
    public ClassOrder ClassOrder { get; init; } = ClassOrder.Id;
}
