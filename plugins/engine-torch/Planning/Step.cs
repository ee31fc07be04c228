using PluginPrune.EngineTorch.Calls;

namespace PluginPrune.EngineTorch.Planning;

/// <summary>One call to make.</summary>
/// <param name="Node">The id of the node that bears its time: the first of those that it computes.</param>
/// <param name="Call">What to call.</param>
/// <param name="Inputs">Slots to read.</param>
/// <param name="Output">The slot to fill.</param>
internal sealed record Step(string Node, Call Call, int[] Inputs, int Output)
{
    /// <summary>Whether nobody reads the memory of the first input any more.</summary>
    public bool MayOverwrite { get; set; }

    /// <summary>Slots that nobody reads after this step.</summary>
    public int[] Released { get; set; } = [];
}
