using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Pruning;

/// <summary>What went of a detector's heads.</summary>
/// <param name="Crop">Levels and classes, in numbers.</param>
/// <param name="Layers">The layers that the levels alone needed, their heads' among them, in the network's order.</param>
/// <param name="AllClasses">How many classes there were; 0 where all of them stay.</param>
/// <param name="ClassNames">The names of the classes that stay, or their numbers where they have no names; empty where all stay.</param>
public sealed record CropReport(NetworkCrop Crop, ImmutableArray<string> Layers, int AllClasses, ImmutableArray<string> ClassNames)
{
    /// <summary>Tells of a crop.</summary>
    /// <param name="result">What cropping made.</param>
    public static CropReport Of(CropResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var left = LayersOf(result.Network).ToHashSet(StringComparer.Ordinal);
        return new CropReport(
            result.Crop,
            [.. LayersOf(result.Whole).Where(layer => !left.Contains(layer))],
            result.AllClasses,
            result.Crop.Classes.IsEmpty ? []
            : result.Network.ClassNames.IsEmpty ? [.. result.Crop.Classes.Select(static index => index.ToString(CultureInfo.InvariantCulture))]
            : result.Network.ClassNames);
    }

    private static IEnumerable<string> LayersOf(Network network) => NetworkCost.Of(network).Layers.Select(static layer => layer.Layer);
}
