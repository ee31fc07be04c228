using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>Finds the pictures of a part of a dataset, however it is laid out.</summary>
internal sealed class SetReader(FileIndex index, DatasetSource source)
{
    /// <exception cref="InputException">It is no such dataset, or has no such part.</exception>
    public PictureSet Read(string path)
    {
        if (Directory.Exists(path))
        {
            return FindDescription(path) is { } description ? Read(description) : new SetFolder(index, source).Read(path);
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".DATA" => new DataFile(index, source).Read(path),
            ".YAML" or ".YML" => new YamlFile(index, source).Read(path),
            _ => new ListFile(index).Read(path) with { ClassNames = NamesAround(path) },
        };
    }

    /// <summary>The .data or .yaml in a folder that says what the dataset consists of.</summary>
    private string? FindDescription(string folder)
    {
        string[] found = [.. index.FilesIn(folder).Where(Describes)];
        string[] usual = [.. found.Where(static file => Path.GetFileNameWithoutExtension(file).ToUpperInvariant() is "DATA" or "DATASET")];
        return found.Length <= 1 ? found.FirstOrDefault()
            : usual is [var only] ? only
            : throw new InputException(UserPath.Of(folder), null, $"it holds {found.Length} descriptions of a dataset: {string.Join(", ", found.Select(Path.GetFileName))}. Name the one that is meant.");
    }

    private static bool Describes(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".DATA" => true,
        ".YAML" or ".YML" => YamlFile.Describes(TextFile.ReadOrEmpty(file)),
        _ => false,
    };

    private ImmutableArray<string> NamesAround(string list) =>
        NamesFile.Find(index, Path.GetDirectoryName(list)!, source.Warn) is { } names ? NamesFile.Read(names) : [];
}
