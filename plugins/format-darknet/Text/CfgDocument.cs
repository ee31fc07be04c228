using System.Collections.Immutable;

namespace PluginPrune.FormatDarknet.Text;

/// <summary>A cfg file with every byte of it. Immutable.</summary>
/// <param name="Net">The first section, with what stands before it.</param>
/// <param name="Layers">The other sections; their place is the layer's index.</param>
/// <param name="Epilogue">Comments at the end that belong to no section.</param>
internal sealed record CfgDocument(CfgSection Net, ImmutableArray<CfgSection> Layers, ImmutableArray<CfgLine> Epilogue);
