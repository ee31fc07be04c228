using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCoco.Layout;

/// <summary>Finds the file of annotations for a part.</summary>
internal sealed class InstancesFinder(FileIndex index, DatasetSource source)
{
    /// <summary>The files: one, or several where all parts are asked for.</summary>
    public IReadOnlyList<InstancesFile> Find(string path)
    {
        // A file that is named is the part that is meant.
        if (!Directory.Exists(path))
        {
            return [new InstancesFile(path, PartOf(path))];
        }

        InstancesFile[] files = [.. FilesIn(path)];
        if (files.Length == 0)
        {
            throw new InputException(UserPath.Of(path), null, "there is no .json in it, nor in a folder called annotations, train, val or test.");
        }

        if (source.Split == SplitNames.All)
        {
            return files;
        }

        InstancesFile[] divided = [.. files.Where(static file => file.Part is not null)];
        if (divided.Length == 0)
        {
            if (files is not [var only])
            {
                throw new InputException(UserPath.Of(path), null, $"it holds {files.Length} files of annotations: {Names(files)}. Name the one that is meant.");
            }

            source.Warn($"{UserPath.Of(path)} is not divided into parts; all of {UserPath.Of(only.Path)} is taken for '{source.Split}'.");
            return files;
        }

        string part = SplitNames.Choose([.. divided.Select(static file => file.Part!)], source, path);
        InstancesFile[] found = [.. divided.Where(file => file.Part == part)];
        return found.Length == 1 ? found : throw new InputException(UserPath.Of(path), null, $"it holds {found.Length} files of annotations for '{part}': {Names(found)}. Name the one that is meant.");
    }

    private IEnumerable<InstancesFile> FilesIn(string folder)
    {
        string[] beside = [.. JsonIn(index.FindFolder(Path.Combine(folder, "annotations"))), .. JsonIn(folder)];

        // Captions, keypoints and panoptic segments come in files of their own.
        string[] instances = [.. beside.Where(static file => Path.GetFileName(file).StartsWith("instances", StringComparison.OrdinalIgnoreCase))];
        foreach (string file in instances.Length > 0 ? instances : beside)
        {
            yield return new InstancesFile(file, PartOf(file));
        }

        foreach (string part in index.FoldersIn(folder).Where(static part => SplitNames.IsUsual(Path.GetFileName(part))))
        {
            foreach (string file in JsonIn(part))
            {
                yield return new InstancesFile(file, Path.GetFileName(part));
            }
        }
    }

    private IEnumerable<string> JsonIn(string? folder) =>
        folder is null ? [] : index.FilesIn(folder).Where(static file => Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase));

    /// <summary>For instance 'val2017' of 'instances_val2017.json'; the folder's name where the file's tells nothing.</summary>
    private static string? PartOf(string file) =>
        Path.GetFileNameWithoutExtension(file).Split('_', '-', '.', ' ').LastOrDefault(SplitNames.IsUsual)
        ?? (Path.GetFileName(Path.GetDirectoryName(file)) is { } folder && SplitNames.IsUsual(folder) ? folder : null);

    private static string Names(IEnumerable<InstancesFile> files) => string.Join(", ", files.Select(static file => Path.GetFileName(file.Path)));
}
