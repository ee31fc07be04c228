using System.Globalization;
using System.Text.Json;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Cli.Sensitivity;

/// <summary>The folder of a run: one that was interrupted is found again, and what other settings gave is not overwritten.</summary>
internal static class SensitivityFolder
{
    public const string Document = "sensitivity.json";

    public const string Picture = "sensitivity.svg";

    /// <summary>The first of runs/NAME-sensitivity-1 and so on that nobody has, or that holds the same measurements.</summary>
    public static string Find(string stem, string key, string settings)
    {
        for (int number = 1; ; number++)
        {
            string path = Path.Combine("runs", string.Create(CultureInfo.InvariantCulture, $"{stem}-sensitivity-{number}"));
            if (!Path.Exists(path) || SettingsIn(path) == settings || (SettingsIn(path) is null && MeasurementStore.FirstKeyIn(path) == key))
            {
                return path;
            }
        }
    }

    /// <summary>Takes a folder for a run.</summary>
    /// <exception cref="OutputException">It holds results of other settings, which must not be replaced, or cannot be used.</exception>
    public static OutputFolder Take(string path, string settings, bool overwrites)
    {
        var folder = new OutputFolder(path, "sensitivity", overwrites: true);
        if (!overwrites && File.Exists(Path.Combine(folder.FullPath, Document)) && SettingsIn(path) != settings)
        {
            folder.Dispose();
            throw new OutputException(
                $"{Path.Combine(folder.FullPath, Document)} is of another network or of other settings and is not overwritten. Choose another --out, or pass --force.", isBadPlace: true);
        }

        return folder;
    }

    /// <summary>The settings of the results in a folder; null where there are none, or none that can be read.</summary>
    private static string? SettingsIn(string folder)
    {
        string path = Path.Combine(folder, Document);
        try
        {
            return File.Exists(path) ? SensitivityReader.ReadFile(path).Settings : null;
        }
        catch (Exception damage) when (damage is PlanException or JsonException)
        {
            return string.Empty;
        }
    }
}
