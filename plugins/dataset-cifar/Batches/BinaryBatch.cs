using Microsoft.Win32.SafeHandles;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.DatasetCifar.Batches;

/// <summary>A file of the binary version: a byte with the class before each picture; in CIFAR-100 a coarse class before that, which nobody uses.</summary>
internal static class BinaryBatch
{
    /// <exception cref="TorchFileException">Its length is not that of whole records.</exception>
    public static IReadOnlyList<(int Class, Func<Stream> Open)> Read(string file)
    {
        int labels = Path.GetFileName(file) is "train.bin" or "test.bin" ? 2 : 1;
        int record = labels + PlanarPicture.ByteCount;
        using FileStream stream = File.OpenRead(file);
        if (stream.Length == 0 || stream.Length % record != 0)
        {
            throw new TorchFileException($"it has {stream.Length} bytes, which are not whole pictures of {record} bytes: it is cut off, or no batch of CIFAR-{(labels == 1 ? 10 : 100)}.");
        }

        var pictures = new (int Class, Func<Stream> Open)[stream.Length / record];
        for (int i = 0; i < pictures.Length; i++)
        {
            long start = (long)i * record;
            stream.Position = start + labels - 1;
            pictures[i] = (stream.ReadByte(), () => OpenAt(file, start + labels));
        }

        return pictures;
    }

    private static MemoryStream OpenAt(string file, long place)
    {
        byte[] planes = new byte[PlanarPicture.ByteCount];
        using SafeFileHandle handle = File.OpenHandle(file);
        return RandomAccess.Read(handle, planes, place) == planes.Length
            ? PlanarPicture.ToPpm(planes)
            : throw new IOException($"{file} has become shorter.");
    }
}
