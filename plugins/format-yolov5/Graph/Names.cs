using System.Collections.Immutable;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Graph;

/// <summary>Names of classes: a list, from release 7.0 on a dictionary by number.</summary>
internal static class Names
{
    /// <summary>The names; none where they do not fit.</summary>
    public static ImmutableArray<string> Of(object? value, int classes, Action<string> warn)
    {
        ImmutableArray<string> names = value switch
        {
            List<object?> list when list.All(static name => name is string) => [.. list.Cast<string>()],
            PickleDictionary numbered when numbered.Entries.All(static pair => pair is { Key: long, Value: string }) =>
                [.. numbered.Entries.DistinctBy(static pair => (long)pair.Key!).OrderBy(static pair => (long)pair.Key!).Select(static pair => (string)pair.Value!)],
            _ => [],
        };
        if (names.Length == classes || names.IsEmpty)
        {
            return names;
        }

        warn($"The file names {names.Length} classes and its network has {classes}: the names are not used.");
        return [];
    }
}
