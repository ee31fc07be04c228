using System.Text;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.DatasetCifar.Batches;

/// <summary>
/// A file of the Python version: a pickled dictionary with an array of pixels and a list of classes. It is read as data, see
/// <see cref="PickleReader"/>.
/// </summary>
internal static class PythonBatch
{
    /// <exception cref="TorchFileException">It is none.</exception>
    public static IReadOnlyList<(int Class, Func<Stream> Open)> Read(string file)
    {
        if (ReadPickle(file) is not PickleDictionary batch)
        {
            throw new TorchFileException("it is a pickle of something else than a batch of CIFAR.");
        }

        byte[] pixels = PixelsOf(batch["data"]);
        int[] classes = ((batch["labels"] ?? batch["fine_labels"]) as List<object?>)?.Select(static label => label is long and >= 0 and <= byte.MaxValue and var index ? (int)index : -1).ToArray()
            ?? throw new TorchFileException("it has neither 'labels' nor 'fine_labels', which a batch of CIFAR has.");
        if (Array.Exists(classes, static index => index < 0) || pixels.Length != classes.Length * (long)PlanarPicture.ByteCount)
        {
            throw new TorchFileException($"it has {classes.Length} classes and {pixels.Length} bytes of pixels; a picture takes {PlanarPicture.ByteCount} and has one class from 0 to 255.");
        }

        return [.. classes.Select((index, i) => (index, (Func<Stream>)(() => PlanarPicture.ToPpm(pixels.AsSpan(i * PlanarPicture.ByteCount, PlanarPicture.ByteCount)))))];
    }

    /// <summary>Reads a pickle that refers to nothing beside it.</summary>
    public static object? ReadPickle(string file) => new PickleReader(
        new PickleBytes(File.ReadAllBytes(file), 0), static _ => throw new TorchFileException("its pickle refers to something beside it, which no batch of CIFAR does.")).Read();

    // numpy pickles an array as what would make an empty one, and its state: (version, shape, type, is Fortran's order, bytes).
    private static byte[] PixelsOf(object? value) => (value as PickleObject)?.State is PickleTuple { Items: [_, _, PickleObject type, false, var bytes] } && type.Arguments.Items is ["u1", ..]
        ? bytes switch
        {
            byte[] raw => raw,

            // Python 2 wrote bytes as text.
            string text => Encoding.Latin1.GetBytes(text),
            _ => throw new TorchFileException("its array of pixels has no bytes."),
        }
        : throw new TorchFileException("its 'data' is no array of bytes by rows, as batches of CIFAR have.");
}
