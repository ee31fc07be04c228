using System.Collections.Immutable;

namespace PluginPrune.Contracts.Datasets;

/// <summary>Labelled pictures.</summary>
/// <param name="Name">What the user calls it, for instance the file's or folder's name.</param>
/// <param name="ClassNames">The classes in the labels' order; empty where the dataset does not tell them.</param>
/// <param name="Items">The pictures, in a stable order.</param>
public sealed record Dataset(string Name, ImmutableArray<string> ClassNames, ImmutableArray<DatasetItem> Items)
{
    /// <summary>The part that was read, as the dataset calls it, for instance 'val2017'; null where it is not divided, or all was read.</summary>
    public string? Split { get; init; }

    /// <summary>What is wrong with files that belong to no picture, for instance labels without one.</summary>
    public ImmutableArray<DatasetFault> Faults { get; init; } = [];
}
