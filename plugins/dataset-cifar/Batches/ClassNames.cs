using System.Collections.Immutable;
using PluginPrune.Shared.Datasets;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.DatasetCifar.Batches;

/// <summary>What CIFAR's classes are called, as the files beside the batches tell.</summary>
internal static class ClassNames
{
    private static readonly string[] Texts = ["batches.meta.txt", "fine_label_names.txt"];
    private static readonly string[] Pickles = ["batches.meta", "meta"];
    private static readonly string[] Keys = ["label_names", "fine_label_names"];

    /// <summary>The names; empty where no file tells them.</summary>
    public static ImmutableArray<string> In(string folder)
    {
        if (Array.Find(Texts, name => File.Exists(Path.Combine(folder, name))) is { } text)
        {
            return NamesFile.Read(Path.Combine(folder, text));
        }

        if (Array.Find(Pickles, name => File.Exists(Path.Combine(folder, name))) is not { } pickle)
        {
            return [];
        }

        string file = Path.Combine(folder, pickle);
        object? root = CifarFormat.Guard(file, () => PythonBatch.ReadPickle(file));
        object? names = root is PickleDictionary dictionary ? Keys.Select(key => dictionary[key]).FirstOrDefault(static found => found is not null) : null;
        return names is List<object?> list && list.TrueForAll(static name => name is string) ? [.. list.Cast<string>()] : [];
    }
}
