using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>What an operator gives that is kept as it is.</summary>
/// <param name="Extents">The file's extents, the pictures first.</param>
/// <param name="Type">The type of the elements.</param>
internal readonly record struct KeptOutput(ImmutableArray<int> Extents, OnnxElementType Type);
