using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>
/// What torch.save writes: a pickle, and the storages of its tensors beside it. It is read as data (see <see cref="PickleReader"/>): no
/// object is made and no code runs, whatever the file asks for.
/// </summary>
/// <remarks>For one thread.</remarks>
internal abstract class TorchFile : IDisposable
{
    /// <summary>A pickle of YOLOv5 has 80 KB.</summary>
    protected const int LongestPickle = 16 << 20;

    // Tensors share storages at times; together they are as long as the file.
    private readonly Dictionary<string, byte[]> _storages = new(StringComparer.Ordinal);

    /// <summary>What was saved.</summary>
    public object? Root { get; protected init; }

    /// <summary>All classes and functions that Python would call to make it; here they are names.</summary>
    public IReadOnlySet<PickleGlobal> Makers { get; protected init; } = new HashSet<PickleGlobal>();

    /// <summary>All classes and functions that Python would import, called or not.</summary>
    public IReadOnlySet<PickleGlobal> Globals { get; protected init; } = new HashSet<PickleGlobal>();

    /// <summary>Opens a file of either kind: a zip, or as torch before 1.6 wrote.</summary>
    /// <exception cref="TorchFileException">It is neither.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TorchFile Open(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read < start.Length)
        {
            throw new TorchFileException(read == 0 ? "it is empty." : "it is too short for a file of torch.save.");
        }

        return start.SequenceEqual("PK\u0003\u0004"u8) ? new ZippedTorchFile(stream)
            : start[0] == (byte)PickleCode.Proto ? new LegacyTorchFile(stream)
            : throw new TorchFileException($"it is no file of torch.save: {Guess(start)}");
    }

    /// <summary>A tensor with its elements; those of types that networks here do not have are converted to single precision.</summary>
    /// <exception cref="TorchFileException">Its storage is missing or too short, or its type is not read.</exception>
    public Tensor Read(TorchTensor tensor)
    {
        TorchStorage storage = tensor.Storage;
        if (!_storages.TryGetValue(storage.Key, out byte[]? bytes))
        {
            _storages.Add(storage.Key, bytes = ReadStorage(storage));
        }

        int size = storage.Type.Size;
        byte[] gathered = new byte[(long)tensor.Count * size];
        Gather(bytes, gathered, tensor, size);
        var shape = new Shape(tensor.Sizes);
        return storage.Type switch
        {
            _ when storage.Type == StoredType.Single => Tensor.FromBytes(shape, ElementType.F32, gathered),
            _ when storage.Type == StoredType.Half => Tensor.FromBytes(shape, ElementType.F16, gathered),
            _ when storage.Type == StoredType.Long => Tensor.FromBytes(shape, ElementType.I64, gathered),
            _ when storage.Type == StoredType.Double => Tensor.FromFloats(shape, [.. MemoryMarshal.Cast<byte, double>(gathered).ToArray().Select(static number => (float)number)]),
            _ when storage.Type == StoredType.BrainFloat => Tensor.FromFloats(shape, [.. MemoryMarshal.Cast<byte, ushort>(gathered).ToArray().Select(static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))]),
            _ => throw new TorchFileException($"storage '{storage.Key}' is a torch.{storage.Type.Storage}, of which no network's weights are made."),
        };
    }

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>
    /// What a persistent id stands for: a storage of a tensor, or a class, which torch before 1.6 wrote together with its source
    /// ('module', class, file, text). The source is not looked at.
    /// </summary>
    /// <exception cref="TorchFileException">It is something else.</exception>
    protected static object Refer(object? id) =>
        id is PickleTuple { Items: ["module", PickleGlobal type, ..] } ? type : TorchStorage.Of(id);

    /// <summary>The bytes of a storage, as many as it says.</summary>
    protected abstract byte[] ReadStorage(TorchStorage storage);

    private static string Guess(ReadOnlySpan<byte> start) => start switch
    {
        _ when start[0] == (byte)'<' => "it begins like an HTML page, perhaps an error that was saved in its place.",
        _ when start.SequenceEqual("vers"u8) => "it begins like a Git LFS pointer, which stands for the file. Fetch it with 'git lfs pull'.",
        _ when start.SequenceEqual("\u0089HDF"u8) || (start[0] == 0x89 && start[1..].SequenceEqual("HDF"u8)) => "it is HDF5, as Keras writes.",
        _ => $"it begins with the bytes {BinaryPrimitives.ReadUInt32BigEndian(start):x8}.",
    };

    private static void Gather(ReadOnlySpan<byte> storage, Span<byte> target, TorchTensor tensor, int size)
    {
        int contiguous = 1;
        bool isContiguous = true;
        for (int axis = tensor.Sizes.Length - 1; axis >= 0; axis--)
        {
            isContiguous &= tensor.Sizes[axis] == 1 || tensor.Strides[axis] == contiguous;
            contiguous *= tensor.Sizes[axis];
        }

        if (isContiguous)
        {
            storage.Slice(tensor.Offset * size, target.Length).CopyTo(target);
            return;
        }

        for (int i = 0; i < tensor.Count; i++)
        {
            long place = tensor.Offset;
            int rest = i;
            for (int axis = tensor.Sizes.Length - 1; axis >= 0; axis--)
            {
                (rest, int index) = Math.DivRem(rest, tensor.Sizes[axis]);
                place += (long)index * tensor.Strides[axis];
            }

            storage.Slice((int)place * size, size).CopyTo(target[(i * size)..]);
        }
    }
}
