using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>The pictures of one part of a dataset, before their labels are read.</summary>
/// <param name="Pictures">In their order.</param>
internal sealed record PictureSet(ImmutableArray<PictureFile> Pictures)
{
    /// <summary>The part's name, or null where there are no parts or all are taken.</summary>
    public string? Split { get; init; }

    public ImmutableArray<string> ClassNames { get; init; } = [];

    /// <summary>How many classes the dataset says it has, or null.</summary>
    public int? Classes { get; init; }

    /// <summary>How many columns of keypoints follow the box in each row; 0 where further columns are a polygon.</summary>
    public int KeypointColumns { get; init; }

    public ImmutableArray<DatasetFault> Faults { get; init; } = [];

    /// <summary>Whether every picture of the folders is in the set, so that labels without a picture are worth a word.</summary>
    public bool ListsFolders { get; init; }
}
