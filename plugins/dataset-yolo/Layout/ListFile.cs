using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Layout;

/// <summary>A text with one picture a line.</summary>
internal sealed class ListFile(FileIndex index)
{
    /// <summary>Reads a list that nothing else names.</summary>
    public PictureSet Read(string path) => Read(path, new PathResolver(index, PathResolver.Around(path)));

    /// <summary>Reads a list.</summary>
    /// <param name="path">The list.</param>
    /// <param name="described">Where the file that names the list would look, for what is not found from the list's own folder.</param>
    public PictureSet Read(string path, PathResolver described)
    {
        var resolver = new PathResolver(index, PathResolver.Around(path));
        string file = UserPath.Of(path);
        var pictures = ImmutableArray.CreateBuilder<PictureFile>();
        var faults = ImmutableArray.CreateBuilder<DatasetFault>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] texts = TextFile.Read(path).ReplaceLineEndings("\n").Split('\n');
        int missing = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            string text = texts[i].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            PictureFile picture = Find(text, file, i + 1, resolver, described);
            missing += picture.Fault?.Severity == FaultSeverity.Error ? 1 : 0;
            if (lines.TryAdd(picture.Path, i + 1))
            {
                pictures.Add(picture);
            }
            else
            {
                faults.Add(new DatasetFault(
                    FaultSeverity.Warning, "picture listed twice", file, i + 1, $"The picture '{text}' is listed in line {lines[picture.Path]} already; it counts once."));
            }
        }

        return missing < pictures.Count ? new PictureSet(pictures.DrainToImmutable()) { Faults = faults.DrainToImmutable() } : throw NoneFound(file, texts, resolver);
    }

    private static PictureFile Find(string text, string file, int line, PathResolver resolver, PathResolver described)
    {
        if ((resolver.FindFile(text) ?? described.FindFile(text)) is not { } found)
        {
            return new PictureFile(resolver.Expected(text), string.Empty, new DatasetFault(
                FaultSeverity.Error, "missing picture", file, line, $"There is no picture '{text}'; tried from {resolver.Tried}."));
        }

        DatasetFault? fault = found.DiffersInCase
            ? new DatasetFault(FaultSeverity.Warning, "name differs in case", file, line, $"The picture '{text}' is {UserPath.Of(found.Path)} on the disk; other systems will not find it.")
            : null;
        return new PictureFile(found.Path, found.Base, fault);
    }

    private static InputException NoneFound(string file, string[] texts, PathResolver resolver)
    {
        string first = Array.Find(texts, static text => !string.IsNullOrWhiteSpace(text))!.Trim();
        bool isLabels = first.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: >= 5 } columns && columns.All(static column => double.TryParse(column, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        return new InputException(file, null, isLabels
            ? "it holds labels of one picture, not a list of pictures. Name the list, or the folder with 'images' and 'labels'."
            : $"none of the pictures that it lists is there. The first is '{(first.Length <= 120 ? first : first[..117] + "...")}'; tried from {resolver.Tried}.");
    }
}
