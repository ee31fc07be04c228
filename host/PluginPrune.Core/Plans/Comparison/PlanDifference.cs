using System.Collections.Immutable;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>What differs between two plans for one architecture.</summary>
/// <param name="First">The first plan.</param>
/// <param name="Second">The second plan.</param>
public sealed record PlanDifference(PlanContents First, PlanContents Second)
{
    /// <summary>How they were made, where that differs, by name.</summary>
    public ImmutableArray<MadeDifference> Made { get; init; } = [];

    /// <summary>Blocks that go by the first plan alone.</summary>
    public ImmutableArray<PlannedBlock> BlocksOnlyInFirst { get; init; } = [];

    /// <summary>Blocks that go by the second plan alone.</summary>
    public ImmutableArray<PlannedBlock> BlocksOnlyInSecond { get; init; } = [];

    /// <summary>Groups of which they keep different channels, in the first plan's order, then those of the second plan alone.</summary>
    public ImmutableArray<GroupDifference> Groups { get; init; } = [];

    /// <summary>Whether both make the same network, however they were made.</summary>
    public bool CutsTheSame => BlocksOnlyInFirst.IsEmpty && BlocksOnlyInSecond.IsEmpty && Groups.IsEmpty && FoldsTheSame;

    private bool FoldsTheSame => First.Document.Folding == FoldingMode.None == (Second.Document.Folding == FoldingMode.None);
}
