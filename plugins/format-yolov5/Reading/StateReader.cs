using System.Collections.Immutable;
using PluginPrune.FormatYolov5.Description;
using PluginPrune.FormatYolov5.Making;
using PluginPrune.FormatYolov5.Modules;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Reading;

/// <summary>Makes a model of tensors by name and what describes it: a .yaml, or a published layout.</summary>
internal static class StateReader
{
    private const string First = "model.0.";

    /// <summary>Makes the model.</summary>
    /// <param name="entries">The tensors.</param>
    /// <param name="yaml">What describes it; null where the published layouts are to be tried.</param>
    /// <param name="prefix">What all names begin with, such as 'module.'.</param>
    /// <exception cref="TorchFileException">They are not those of the description.</exception>
    public static TorchModule Read(ImmutableArray<StateEntry> entries, PickleDictionary? yaml, out string prefix)
    {
        string? first = entries.Select(static entry => entry.Name).FirstOrDefault(static name => name.Contains(First, StringComparison.Ordinal));
        prefix = first is null ? string.Empty : first[..first.IndexOf(First, StringComparison.Ordinal)];
        string start = prefix;
        var weights = new StateWeights([.. entries.Where(entry => entry.Name.StartsWith(start, StringComparison.Ordinal)).Select(entry => entry with { Name = entry.Name[start.Length..] })]);
        PickleDictionary described = yaml ?? OfficialLayouts.Find(weights);
        TorchModule model = new ModelFactory(ModelDescription.Of(described), weights).Make(described);
        string[] left = [.. weights.Left];
        return left.Length == 0
            ? model
            : throw new TorchFileException($"it has {left.Length} tensors that its description does not have ({string.Join(", ", left.Take(4))}{(left.Length > 4 ? ", ..." : string.Empty)}): it is of another model.");
    }
}
