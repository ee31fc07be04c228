using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>A network and what cropping left of it.</summary>
/// <param name="Whole">The network before, with the names of its classes where they are known.</param>
/// <param name="Network">The network after.</param>
/// <param name="Crop">What went.</param>
public sealed record CropResult(Network Whole, Network Network, NetworkCrop Crop)
{
    /// <summary>How many classes the whole network has; 0 where all of them stay and nobody counted them.</summary>
    public int AllClasses { get; init; }

    /// <summary>For each head that stays the value that it reads and which of that value's channels stay.</summary>
    public required ImmutableArray<(string Value, ImmutableArray<bool> Kept)> Outputs { get; init; }
}
