using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.EvaluatorDetection;

/// <summary>What the classes are called.</summary>
internal static class ClassNames
{
    /// <summary>The network's names, or the dataset's where the network has none, or numbers; at least as many as are used.</summary>
    public static ImmutableArray<string> Of(Network network, Dataset dataset, IReadOnlyList<LabelledDetections> pictures)
    {
        ImmutableArray<string> names = network.ClassNames.IsEmpty ? dataset.ClassNames : network.ClassNames;
        int used = names.Length;
        foreach (LabelledDetections picture in pictures)
        {
            foreach (var label in picture.Labels)
            {
                used = Math.Max(used, label.ClassIndex + 1);
            }

            foreach (var detection in picture.Detections)
            {
                used = Math.Max(used, detection.ClassIndex + 1);
            }
        }

        return [.. names, .. Enumerable.Range(names.Length, used - names.Length).Select(static i => string.Create(CultureInfo.InvariantCulture, $"class {i}"))];
    }
}
