using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training.Logs;

namespace PluginPrune.Core.Training;

/// <summary>
/// A checkpoint in a file: eight letters, the length of a header, the header as JSON, the tensors' bytes one after another in the
/// header's order, and a CRC-32C of all before it. Little endian.
/// </summary>
public static class CheckpointFile
{
    /// <summary>The extension, with its dot.</summary>
    public const string Extension = ".checkpoint";

    private const int LargestHeader = 1 << 26;
    private const int MostAxes = 8;

    private static ReadOnlySpan<byte> Magic => "PPRUNE01"u8;

    /// <summary>Writes a checkpoint.</summary>
    /// <param name="stream">Takes the bytes; it stays open.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public static void Write(Stream stream, Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(checkpoint);
        byte[] header = JsonSerializer.SerializeToUtf8Bytes(CheckpointHeader.Of(checkpoint), CheckpointJson.Default.CheckpointHeader);
        var sum = new RunningCrc();
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        Put(Magic);
        Put(length);
        Put(header);
        foreach ((_, Tensor tensor) in checkpoint.State.Tensors)
        {
            Put(tensor.Bytes);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(length, sum.Value);
        stream.Write(length);

        void Put(ReadOnlySpan<byte> bytes)
        {
            sum.Add(bytes);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is not there, is no checkpoint, or was damaged.</exception>
    public static Checkpoint Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, error is FileNotFoundException or DirectoryNotFoundException ? "there is no such checkpoint." : $"it cannot be read: {error.Message}");
        }
    }

    private static Checkpoint Read(FileStream stream, string path)
    {
        var sum = new RunningCrc();
        byte[] start = Take(Magic.Length + sizeof(int));
        int length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(Magic.Length));
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic) || length is < 2 or > LargestHeader)
        {
            throw new InputException(path, null, "it is no checkpoint of a training, or one of another version.");
        }

        CheckpointHeader header = ReadHeader(Take(length), path);
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        foreach (TensorEntry entry in header.Tensors)
        {
            Shape shape = ShapeOf(entry, stream, path);
            tensors[entry.Name] = Tensor.FromBytes(shape, entry.Type, Take(shape.Count * SizeOf(entry.Type)));
        }

        uint found = sum.Value;
        byte[] end = new byte[sizeof(uint)];
        stream.ReadExactly(end);
        return BinaryPrimitives.ReadUInt32LittleEndian(end) == found && stream.Position == stream.Length
            ? header.ToCheckpoint(tensors.ToImmutable())
            : throw new InputException(path, null, "its bytes do not agree with its checksum: it was damaged.");

        byte[] Take(int count)
        {
            // What a damaged header claims is not allocated before it is known to be there.
            if (count > stream.Length - stream.Position)
            {
                throw new InputException(path, null, "it ends too early: it was cut off.");
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
            stream.ReadExactly(bytes);
            sum.Add(bytes);
            return bytes;
        }
    }

    private static CheckpointHeader ReadHeader(byte[] bytes, string path)
    {
        try
        {
            CheckpointHeader? header = JsonSerializer.Deserialize(bytes, CheckpointJson.Default.CheckpointHeader);
            return header is { IsSound: true } ? header : throw new InputException(path, null, "its header contradicts itself: it was damaged, or made by something else.");
        }
        catch (JsonException error)
        {
            throw new InputException(path, null, $"its header is damaged: {error.Message}");
        }
    }

    private static Shape ShapeOf(TensorEntry entry, FileStream stream, string path)
    {
        long count = 1;
        foreach (int extent in entry.Shape ?? [])
        {
            count = extent is > 0 && count <= stream.Length ? count * extent : long.MaxValue;
        }

        return entry is { Name: not null, Shape.Length: > 0 and <= MostAxes } && Enum.IsDefined(entry.Type) && count <= stream.Length
            ? new Shape(entry.Shape)
            : throw new InputException(path, null, "its header describes a tensor that it cannot hold: it was damaged.");
    }

    private static int SizeOf(ElementType type) => type switch { ElementType.F32 => sizeof(float), ElementType.F16 => sizeof(ushort), _ => sizeof(long) };
}
