using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetVoc.Annotations;
using PluginPrune.DatasetVoc.Layout;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetVoc;

/// <summary>Pictures with an XML file of annotations each.</summary>
/// <param name="options">The options of a run.</param>
internal sealed class VocFormat(VocOptions options) : IDatasetFormat
{
    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        string path = source.Path ?? throw new InputException("--data", null, "VOC annotations are read from a folder. Name one.");
        if (!Directory.Exists(path))
        {
            throw new InputException(UserPath.Of(path), null, "it is a file; VOC annotations are read from the folder that holds Annotations and JPEGImages, or the .xml files.");
        }

        var index = new FileIndex();
        VocSet set = new VocFolder(index, source).Read(path);
        if (set.AllAnnotations.IsEmpty)
        {
            throw new InputException(UserPath.Of(path), null, "there are no .xml files with annotations in it, nor in a folder called Annotations.");
        }

        ImmutableArray<string> names = FindNames(index, path, source);
        Dictionary<string, Annotation> annotations = ReadAll(names.IsEmpty ? set.AllAnnotations : [.. set.Pictures.Select(static picture => picture.Annotation).OfType<string>()], cancellationToken);
        if (names.IsEmpty)
        {
            // Of all parts, so that a class has the same number in each of them.
            names = [.. annotations.Values.SelectMany(static annotation => annotation.Objects).Select(static thing => thing.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }

        var maker = new ItemMaker(names, options.BoxNumbers);
        return new Dataset(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
            names,
            [.. set.Pictures.Select(picture => maker.Make(picture, picture.Annotation is { } file ? annotations[file] : null))])
        {
            Split = set.Split,
            Faults = set.Faults,
        };
    }

    private ImmutableArray<string> FindNames(FileIndex index, string folder, DatasetSource source)
    {
        if (options.ClassNames is { } given)
        {
            string file = Path.GetFullPath(given);
            return File.Exists(file) ? NamesFile.Read(file) : throw new InputException(file, null, "--class-names names it, and it does not exist.");
        }

        return NamesFile.Find(index, folder, source.Warn) is { } found ? NamesFile.Read(found) : [];
    }

    private static Dictionary<string, Annotation> ReadAll(ImmutableArray<string> files, CancellationToken cancellationToken)
    {
        var read = new Annotation[files.Length];
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => read[i] = AnnotationReader.Read(files[i]));
        var annotations = new Dictionary<string, Annotation>(files.Length, StringComparer.Ordinal);
        for (int i = 0; i < files.Length; i++)
        {
            annotations[files[i]] = read[i];
        }

        return annotations;
    }
}
