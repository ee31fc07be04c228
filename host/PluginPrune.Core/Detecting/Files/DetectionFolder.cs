using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Detecting;

/// <summary>A folder that receives what was found: for each picture a copy with boxes and a label file, and one detections.json.</summary>
public sealed class DetectionFolder : IDisposable
{
    private const string JsonName = "detections.json";
    private const string ClassesName = "classes.txt";
    private const int Quality = 92;

    private readonly OutputFolder _folder;
    private readonly Dictionary<DatasetItem, string> _names = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares the folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="pictures">What will be looked at.</param>
    /// <param name="overwrites">Whether files that exist are replaced. Pictures that are looked at never are.</param>
    /// <exception cref="OutputException">The folder cannot be written to, or a file is in the way.</exception>
    public DetectionFolder(string path, Dataset pictures, bool overwrites)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        _folder = new OutputFolder(path, "detections", overwrites);
        try
        {
            Name(pictures);
            var sources = pictures.Items.Select(static item => Path.GetFullPath(item.Name)).ToHashSet(StringComparer.Ordinal);
            if (_names.Values.Select(name => Path.Combine(_folder.FullPath, name)).FirstOrDefault(sources.Contains) is { } source)
            {
                throw new OutputException($"{source} is one of the pictures that are looked at; a copy with boxes would replace it. Choose another --out.", isBadPlace: true);
            }

            _folder.Reserve([JsonName, .. _names.Values, .. _names.Values.Select(LabelsOf)]);
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <summary>The folder.</summary>
    public string FullPath => _folder.FullPath;

    /// <summary>Writes a picture's files, under temporary names yet.</summary>
    /// <param name="picture">The picture with its pixels.</param>
    /// <param name="classNames">The classes' names.</param>
    public void Write(FoundPicture picture, ImmutableArray<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(picture);
        string name = _names[picture.Found.Item];
        Picture copy = picture.Draw(classNames);
        using (Stream stream = _folder.CreateFile(name))
        {
            if (Path.GetExtension(name) == ".jpg")
            {
                copy.WriteJpeg(stream, Quality);
            }
            else
            {
                copy.WritePng(stream);
            }
        }

        using Stream labels = _folder.CreateFile(LabelsOf(name));
        YoloLabels.Write(picture.Found, labels);
    }

    /// <summary>Writes the rest, and gives all files their names.</summary>
    /// <param name="network">What the network is called.</param>
    /// <param name="engine">What ran it.</param>
    /// <param name="pictures">All that was found.</param>
    /// <param name="classNames">The classes' names.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public void Finish(string network, string engine, IReadOnlyList<PictureDetections> pictures, ImmutableArray<string> classNames, CancellationToken cancellationToken)
    {
        using (Stream json = _folder.CreateFile(JsonName))
        {
            DetectionJson.Write(network, engine, pictures, classNames, json);
        }

        if (!classNames.IsEmpty)
        {
            using var writer = new StreamWriter(_folder.CreateFile(ClassesName), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            foreach (string name in classNames)
            {
                writer.WriteLine(name);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        _folder.Commit();
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    private static string LabelsOf(string name) => Path.ChangeExtension(name, ".txt");

    /// <summary>A JPEG stays one; the rest is written without loss. Pictures of one name in several folders are numbered.</summary>
    private void Name(Dataset pictures)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Path.GetFileNameWithoutExtension(ClassesName) };
        foreach (DatasetItem item in pictures.Items)
        {
            bool isJpeg = Path.GetExtension(item.Name).ToUpperInvariant() is ".JPG" or ".JPEG" or ".JPE";
            string stem = Path.GetFileNameWithoutExtension(item.Name);
            string name = stem;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
            }

            _names.Add(item, name + (isJpeg ? ".jpg" : ".png"));
        }
    }
}
