using System.Numerics;

namespace PluginPrune.EngineManaged.Planning;

/// <summary>
/// What to compute, in order, for one choice of wanted values. A slot is a place for a value: first the network's inputs,
/// then one for each step. Values that only rename or reshape another share its slot.
/// </summary>
internal sealed class Plan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The values wanted.</summary>
    public required string[] Values { get; init; }

    public required Step<T>[] Steps { get; init; }

    /// <summary>Elements of each slot for one picture.</summary>
    public required int[] SlotSizes { get; init; }

    /// <summary>How often each slot is read by steps; each wanted value counts as one more, so that it is never freed.</summary>
    public required int[] Readers { get; init; }

    public required PlanResult[] Results { get; init; }

    public int LargestSlot => SlotSizes.Max();
}
