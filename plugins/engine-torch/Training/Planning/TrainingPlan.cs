using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch.Training.Planning;

/// <summary>What to compute, in order, for inputs of some shapes and a choice of wanted values.</summary>
internal sealed class TrainingPlan
{
    /// <summary>The shapes of the inputs that it is for.</summary>
    public required Shape[] Inputs { get; init; }

    /// <summary>The values that it is for.</summary>
    public required string[] Values { get; init; }

    public required TrainingStep[] Steps { get; init; }

    /// <summary>By slot, whether its gradient leads to a parameter.</summary>
    public required bool[] Wanted { get; init; }

    public required PlanResult[] Results { get; init; }

    public bool IsFor(Shape[] inputs, IReadOnlyList<string> values) =>
        Inputs.AsSpan().SequenceEqual(inputs) && Values.SequenceEqual(values, StringComparer.Ordinal);
}
