using System.Collections.Immutable;
using System.Globalization;

namespace PluginPrune.Core.Surgery;

/// <summary>What goes of a detector's heads: whole levels, and classes of those that stay.</summary>
public sealed record NetworkCrop
{
    /// <summary>The levels that go, ascending: the heads of level n look at cells of 2^n pixels, so that P5 has a stride of 32.</summary>
    public ImmutableArray<int> DroppedLevels { get; init; } = [];

    /// <summary>The classes that stay, ascending, as the whole network counts them from 0; empty for all.</summary>
    public ImmutableArray<int> Classes { get; init; } = [];

    /// <summary>For instance 'P3, P5'.</summary>
    public string LevelText => string.Join(", ", DroppedLevels.Select(NameOf));

    /// <summary>For instance 'P5'.</summary>
    /// <param name="level">The level.</param>
    public static string NameOf(int level) => string.Create(CultureInfo.InvariantCulture, $"P{level}");

    /// <summary>The level of a name such as 'P5', or null.</summary>
    /// <param name="name">The name.</param>
    public static int? LevelOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const int Highest = 12;
        return name is ['P' or 'p', .. var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int level) && level <= Highest ? level : null;
    }
}
