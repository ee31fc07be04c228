using System.Collections.Immutable;

namespace PluginPrune.Core.Conversion;

/// <summary>What a conversion gave.</summary>
/// <param name="Network">What the user calls the network.</param>
/// <param name="OutputPath">The folder.</param>
/// <param name="Files">What was written there.</param>
public sealed record ConversionReport(string Network, string OutputPath, ImmutableArray<WrittenFile> Files);
