using System.Collections.Immutable;
using PluginPrune.Core.Pruning;

namespace PluginPrune.Core.Conversion;

/// <summary>What a conversion gave.</summary>
/// <param name="Network">What the user calls the network.</param>
/// <param name="OutputPath">The folder.</param>
/// <param name="Files">What was written there.</param>
public sealed record ConversionReport(string Network, string OutputPath, ImmutableArray<WrittenFile> Files)
{
    /// <summary>What went of the heads; null for nothing.</summary>
    public CropReport? Crop { get; init; }
}
