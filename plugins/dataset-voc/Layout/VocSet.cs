using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.DatasetVoc.Layout;

/// <summary>The pictures of one part of a dataset, before their annotations are read.</summary>
/// <param name="Pictures">In their order.</param>
/// <param name="AllAnnotations">The full paths of the annotations of all parts, in ordinal order.</param>
/// <param name="Faults">What is wrong with the dataset as a whole.</param>
internal sealed record VocSet(ImmutableArray<VocPicture> Pictures, ImmutableArray<string> AllAnnotations, ImmutableArray<DatasetFault> Faults)
{
    /// <summary>The part's name, or null where there are no parts or all are taken.</summary>
    public string? Split { get; init; }
}
