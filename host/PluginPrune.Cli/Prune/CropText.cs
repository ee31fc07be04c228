using System.Globalization;
using PluginPrune.Core.Pruning;

namespace PluginPrune.Cli.Prune;

/// <summary>Tells a person what went of a detector's heads.</summary>
internal static class CropText
{
    public static void Write(CropReport crop, TextWriter writer)
    {
        if (!crop.Crop.DroppedLevels.IsEmpty)
        {
            writer.WriteLine($"Level dropped: {crop.Crop.LevelText}, with layer {string.Join(", ", crop.Layers)}");
        }

        if (crop.AllClasses > 0)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Classes kept: {crop.ClassNames.Length} of {crop.AllClasses} ({string.Join(", ", crop.ClassNames)})"));
        }
    }
}
