using System.Collections.Immutable;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>What a slice takes along the file's axes; kept beside it while the file is read.</summary>
/// <param name="Ranges">One for each axis of which it takes a part.</param>
internal sealed record SliceRanges(ImmutableArray<(int Axis, int Start, int Length, int Step)> Ranges);
