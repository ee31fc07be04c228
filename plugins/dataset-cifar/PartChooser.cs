using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCifar;

/// <summary>Chooses a part of a dataset. Where there is none for validation, the test part is what everybody measures on.</summary>
internal static class PartChooser
{
    /// <param name="parts">The parts, at least one.</param>
    /// <param name="source">What is asked for: not all of them.</param>
    /// <param name="place">Where the dataset is.</param>
    /// <exception cref="InputException">There is no such part.</exception>
    public static string Choose(IReadOnlyCollection<string> parts, DatasetSource source, string place)
    {
        bool isValidation = SplitNames.Of(source.Split).Contains(DatasetSource.Validation, StringComparer.OrdinalIgnoreCase);
        if (isValidation && SplitNames.Find(parts, source.Split) is null && SplitNames.Find(parts, DatasetSource.Test) is { } test)
        {
            source.Warn($"{UserPath.Of(place)} has no part '{source.Split}': '{test}' is taken.");
            return test;
        }

        return SplitNames.Choose(parts, source, place);
    }
}
