using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Kept;

/// <summary>An operator of a file that no operation of a network says. It is written again as it was.</summary>
/// <param name="Operation">Which operator.</param>
/// <param name="Attributes">Its settings.</param>
/// <param name="Inputs">What it reads, in its order.</param>
/// <param name="Output">Which of its outputs the node stands for.</param>
/// <param name="Outputs">How many outputs it has.</param>
/// <param name="Shapes">The shapes of the values that it was made for: what it does may depend on them.</param>
internal sealed record KeptOperator(
    string Operation, ImmutableArray<KeptAttribute> Attributes, ImmutableArray<KeptInput> Inputs, int Output, int Outputs, ImmutableArray<Shape> Shapes)
{
    /// <summary>The version of the operators that it was made for, where it is not known to be the same in all; else null.</summary>
    public int? Opset { get; init; }
}
