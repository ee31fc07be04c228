using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Reading.Constants;

/// <summary>What an operator reads: a constant, or what the network computes.</summary>
/// <param name="Extents">Outermost first, as the file has them.</param>
/// <param name="Type">The type of its elements.</param>
internal abstract record Operand(ImmutableArray<int> Extents, OnnxElementType Type)
{
    public int Rank => Extents.Length;

    /// <summary>For instance '[1, 3, 640, 640]'.</summary>
    public string Describe() => $"[{string.Join(", ", Extents)}]";
}
