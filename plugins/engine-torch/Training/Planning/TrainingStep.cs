using PluginPrune.EngineTorch.Training.Calls;

namespace PluginPrune.EngineTorch.Training.Planning;

/// <summary>One call to make, there and back.</summary>
/// <param name="Call">What to call.</param>
/// <param name="Inputs">Slots to read.</param>
/// <param name="Output">The slot to fill.</param>
/// <param name="IsKept">Whether gradients go back through it.</param>
internal sealed record TrainingStep(TrainingCall Call, int[] Inputs, int Output, bool IsKept)
{
    /// <summary>Whether nobody reads the memory of the first input any more.</summary>
    public bool MayOverwrite { get; set; }

    /// <summary>Slots that nobody reads after this step on the way there.</summary>
    public int[] Released { get; set; } = [];
}
