namespace PluginPrune.EngineTorch.Planning;

/// <summary>
/// What to compute, in order, for one choice of wanted values. A slot is a place for a value: first the network's inputs,
/// then one for each step. Values that only rename another share its slot.
/// </summary>
internal sealed class Plan
{
    /// <summary>The values wanted.</summary>
    public required string[] Values { get; init; }

    public required Step[] Steps { get; init; }

    public required int SlotCount { get; init; }

    public required PlanResult[] Results { get; init; }

    /// <summary>The largest number of elements that a result has, for one picture.</summary>
    public int LargestResult => Results.Length == 0 ? 1 : Results.Max(static result => result.Shape.Count);
}
