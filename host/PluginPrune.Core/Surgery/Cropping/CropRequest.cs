using System.Collections.Immutable;

namespace PluginPrune.Core.Surgery;

/// <summary>What is asked to go of a detector's heads, as a user says it.</summary>
public sealed record CropRequest
{
    /// <summary>The levels that are to go, see <see cref="NetworkCrop.DroppedLevels"/>.</summary>
    public ImmutableArray<int> DroppedLevels { get; init; } = [];

    /// <summary>The classes that are to stay, by number or by name; empty for all.</summary>
    public ImmutableArray<string> Classes { get; init; } = [];
}
