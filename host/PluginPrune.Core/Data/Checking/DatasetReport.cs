using System.Collections.Immutable;

namespace PluginPrune.Core.Data.Checking;

/// <summary>What a part of a dataset consists of and what is wrong with it.</summary>
/// <param name="Name">The dataset.</param>
/// <param name="Pictures">How many pictures there are, unusable ones included.</param>
/// <param name="Classes">The classes in their order; where the dataset names none, those that occur.</param>
/// <param name="Objects">What is labelled.</param>
/// <param name="Sizes">The sizes of the pictures that could be read.</param>
/// <param name="Faults">What is wrong, errors first.</param>
/// <param name="IsQuick">Whether pictures were not decoded, headers alone were read.</param>
public sealed record DatasetReport(
    string Name,
    int Pictures,
    ImmutableArray<ClassCount> Classes,
    ObjectStatistics Objects,
    SizeStatistics Sizes,
    ImmutableArray<FaultGroup> Faults,
    bool IsQuick)
{
    /// <summary>How many errors there are.</summary>
    public int Errors => Faults.Where(static group => group.Severity == Contracts.Datasets.FaultSeverity.Error).Sum(static group => group.Faults.Length);

    /// <summary>How many pictures have errors and cannot be used.</summary>
    public int UnusablePictures { get; init; }
}
