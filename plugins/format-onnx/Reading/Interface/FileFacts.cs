using System.Collections.Immutable;

namespace PluginPrune.FormatOnnx.Reading.Interface;

/// <summary>What the file that a network was read from tells beside it, so that it is written alike.</summary>
/// <param name="Outputs">The names of the outputs, in their order.</param>
/// <param name="Metadata">Names and texts, in their order.</param>
/// <param name="KeepsNorms">Whether batch normalization stood in it as an operator of its own.</param>
/// <param name="Pictures">How many pictures it took at once; null for any number.</param>
internal sealed record FileFacts(ImmutableArray<string> Outputs, ImmutableArray<KeyValuePair<string, string>> Metadata, bool KeepsNorms, int? Pictures)
{
    /// <summary>The form in which boxes were decoded, where the network ends before that; else what it gives is what the file gave.</summary>
    public OutputForm Form { get; init; }
}
