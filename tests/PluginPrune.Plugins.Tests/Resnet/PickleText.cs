using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PluginPrune.Plugins.Tests.Resnet;

/// <summary>Pickles written operation by operation, so that they can be wrong in any way; and the files that hold them.</summary>
internal static class PickleText
{
    public static byte[] Of(params object[] parts) => [0x80, 2, .. parts.SelectMany(Bytes), (byte)'.'];

    /// <summary>A name of a class or function.</summary>
    public static byte[] Global(string module, string name) => Encoding.UTF8.GetBytes($"c{module}\n{name}\n");

    public static byte[] Number(int number)
    {
        byte[] bytes = [(byte)'J', 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    public static byte[] Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return [(byte)'X', .. length, .. utf8];
    }

    /// <summary>A tensor in storage 'k', as torch pickles it.</summary>
    public static byte[] Tensor(int count, int offset, int[] sizes, int[] strides) => Tensor("k", count, offset, sizes, strides);

    /// <summary>A whole tensor.</summary>
    public static byte[] Tensor(Contracts.Networks.Tensor tensor, string key)
    {
        int[] sizes = [.. tensor.Shape.Dimensions];
        return Tensor(key, tensor.Count, 0, sizes, [.. sizes.Select((_, axis) => sizes.Skip(axis + 1).Aggregate(1, static (stride, size) => stride * size))]);
    }

    /// <summary>A file as torch writes from 1.6 on.</summary>
    public static byte[] Zip(byte[] pickle, params (string Name, byte[] Bytes)[] others)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in others.Prepend(("data.pkl", pickle)))
            {
                using Stream entry = archive.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A file as torch wrote before.</summary>
    public static byte[] Legacy(byte[] pickle, params (string Key, float[] Numbers)[] storages) =>
    [
        .. Of(new byte[] { 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19 }),
        .. Of(Number(1001)),
        .. Of("}", "(", Text("little_endian"), new byte[] { 0x88 }, "u"),
        .. pickle,
        .. Of("]", "(", storages.SelectMany(static storage => Text(storage.Key)).ToArray(), "e"),
        .. storages.SelectMany(static storage => BitConverter.GetBytes((long)storage.Numbers.Length).Concat(storage.Numbers.SelectMany(BitConverter.GetBytes))),
    ];

    private static byte[] Tensor(string key, int count, int offset, int[] sizes, int[] strides) =>
    [
        .. Global("torch._utils", "_rebuild_tensor_v2"), (byte)'(',
        (byte)'(', .. Text("storage"), .. Global("torch", "FloatStorage"), .. Text(key), .. Text("cpu"), .. Number(count), (byte)'t', (byte)'Q',
        .. Number(offset), .. Tuple(sizes), .. Tuple(strides), 0x89, .. Global("collections", "OrderedDict"), (byte)')', (byte)'R', (byte)'t', (byte)'R',
    ];

    private static byte[] Tuple(int[] numbers) => [(byte)'(', .. numbers.SelectMany(Number), (byte)'t'];

    private static IEnumerable<byte> Bytes(object part) => part switch
    {
        byte[] bytes => bytes,
        string text => text.Select(static letter => (byte)letter),
        _ => throw new ArgumentException("Bytes or operations.", nameof(part)),
    };
}
