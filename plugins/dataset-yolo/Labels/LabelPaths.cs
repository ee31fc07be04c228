using PluginPrune.DatasetYolo.Layout;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>Where the labels of a picture are.</summary>
internal static class LabelPaths
{
    private const string Extension = ".txt";
    private static readonly string Separator = Path.DirectorySeparatorChar.ToString();

    /// <summary>Finds the file, and whether its name is the picture's but for the case of letters; or null.</summary>
    public static (string Path, bool DiffersInCase)? Find(FileIndex index, PictureFile picture)
    {
        string[] candidates = [.. Candidates(picture).Distinct(StringComparer.Ordinal)];
        return Array.Find(candidates, index.Exists) is { } exact ? (exact, false)
            : candidates.Select(index.FindAnyCase).FirstOrDefault(static found => found is not null) is { } other
                ? (other, Path.GetFileNameWithoutExtension(other) != Path.GetFileNameWithoutExtension(picture.Path))
            : null;
    }

    private static IEnumerable<string> Candidates(PictureFile picture)
    {
        string label = Path.ChangeExtension(picture.Path, Extension);

        // Ultralytics: the last folder called 'images'. Darknet and its voc_label.py: 'JPEGImages' too.
        foreach (string folder in new[] { "images", "JPEGImages" })
        {
            string between = Separator + folder + Separator;
            int last = label.LastIndexOf(between, StringComparison.OrdinalIgnoreCase);
            if (last >= 0)
            {
                yield return string.Concat(label.AsSpan(0, last), Separator + "labels" + Separator, label.AsSpan(last + between.Length));
            }
        }

        // The Python scripts: every 'images', within longer words too; but not above the dataset, where they saw no more.
        if (picture.Root.Length > 0 && label.StartsWith(picture.Root, StringComparison.Ordinal))
        {
            yield return picture.Root + label[picture.Root.Length..].Replace("images", "labels", StringComparison.Ordinal);
        }

        yield return label.Replace("images", "labels", StringComparison.Ordinal);
        yield return label;
    }
}
