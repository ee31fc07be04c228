using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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

    // Tensors may share storages and take each of them twice, once as it is and once as views. Whoever names more has memory in mind.
    private const int MostOfFile = 4;
    private const int Slack = 1 << 20;

    // Of storages that tensors are parts of; one that is a tensor is read into it.
    private readonly Dictionary<string, byte[]> _storages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TorchStorage> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly long _length;
    private long _taken;

    /// <param name="stream">The file.</param>
    protected TorchFile(Stream stream) => _length = stream.Length;

    /// <summary>What was saved.</summary>
    public object? Root { get; protected init; }

    /// <summary>All classes and functions that Python would call to make it; here they are names.</summary>
    public IReadOnlySet<PickleGlobal> Makers { get; protected init; } = new HashSet<PickleGlobal>();

    /// <summary>All classes and functions that Python would import, called or not.</summary>
    public IReadOnlySet<PickleGlobal> Globals { get; protected init; } = new HashSet<PickleGlobal>();

    /// <summary>The storages that its pickle refers to, by their keys.</summary>
    protected IReadOnlyDictionary<string, TorchStorage> Known => _known;

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

    /// <summary>
    /// A tensor with its elements; those of types that networks here do not have are converted to single precision. What is asked for
    /// twice is the same tensor.
    /// </summary>
    /// <exception cref="TorchFileException">Its storage is missing or too short, its type is not read, or all tensors together are longer than any file's.</exception>
    public Tensor Read(TorchTensor tensor)
    {
        string view = tensor.ToString();
        if (!_tensors.TryGetValue(view, out Tensor? known))
        {
            _tensors.Add(view, known = Make(tensor));
        }

        return known;
    }

    /// <inheritdoc />
    public abstract void Dispose();

    /// <summary>
    /// What a persistent id stands for: a storage of a tensor, or a class, which torch before 1.6 wrote together with its source
    /// ('module', class, file, text). The source is not looked at.
    /// </summary>
    /// <exception cref="TorchFileException">It is something else, or a storage of which it told something else before.</exception>
    protected object Refer(object? id)
    {
        if (id is PickleTuple { Items: ["module", PickleGlobal type, ..] })
        {
            return type;
        }

        var storage = TorchStorage.Of(id);
        return _known.TryAdd(storage.Key, storage) || _known[storage.Key] == storage
            ? storage
            : throw new TorchFileException($"it tells two different things of storage '{storage.Key}': the file is damaged.");
    }

    /// <summary>Reads the bytes of a storage, as many as it says.</summary>
    /// <exception cref="TorchFileException">It is missing or too short.</exception>
    protected abstract void ReadStorage(TorchStorage storage, Span<byte> target);

    private Tensor Make(TorchTensor tensor)
    {
        StoredType type = tensor.Storage.Type;
        var shape = new Shape(tensor.Sizes);
        return type switch
        {
            _ when type == StoredType.Single => Tensor.FromFloats(shape, Elements<float>(tensor)),
            _ when type == StoredType.Half => Tensor.FromHalfs(shape, Elements<Half>(tensor)),
            _ when type == StoredType.Long => Tensor.FromIntegers(shape, Elements<long>(tensor)),
            _ when type == StoredType.Double => Tensor.FromFloats(shape, Array.ConvertAll(Elements<double>(tensor), static number => (float)number)),
            _ when type == StoredType.BrainFloat => Tensor.FromFloats(shape, Array.ConvertAll(Elements<ushort>(tensor), static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))),
            _ => throw new TorchFileException($"storage '{tensor.Storage.Key}' is a torch.{type.Storage}, of which no network's weights are made."),
        };
    }

    private T[] Elements<T>(TorchTensor tensor)
        where T : unmanaged
    {
        T[] elements = Take<T>(tensor.Count);
        Span<byte> target = MemoryMarshal.AsBytes(elements.AsSpan());
        TorchStorage storage = tensor.Storage;
        if (tensor.IsWholeStorage)
        {
            ReadStorage(storage, target);
            return elements;
        }

        if (!_storages.TryGetValue(storage.Key, out byte[]? bytes))
        {
            bytes = Take<byte>((int)storage.ByteCount);
            ReadStorage(storage, bytes);
            _storages.Add(storage.Key, bytes);
        }

        Gather(bytes, target, tensor, storage.Type.Size);
        return elements;
    }

    private T[] Take<T>(int count)
        where T : unmanaged
    {
        _taken += (long)count * Unsafe.SizeOf<T>();
        return _taken <= (MostOfFile * _length) + Slack
            ? GC.AllocateUninitializedArray<T>(count)
            : throw new TorchFileException($"its tensors would take more than {MostOfFile} times the {_length:N0} bytes of the file: they are many views of the same numbers, or the file is damaged.");
    }

    private static string Guess(ReadOnlySpan<byte> start) => start switch
    {
        _ when start[0] == (byte)'<' => "it begins like an HTML page, perhaps an error that was saved in its place.",
        _ when start.SequenceEqual("vers"u8) => "it begins like a Git LFS pointer, which stands for the file. Fetch it with 'git lfs pull'.",
        _ when start.SequenceEqual("\u0089HDF"u8) || (start[0] == 0x89 && start[1..].SequenceEqual("HDF"u8)) => "it is HDF5, as Keras writes.",
        _ => $"it begins with the bytes {BinaryPrimitives.ReadUInt32BigEndian(start):x8}.",
    };

    private static void Gather(ReadOnlySpan<byte> storage, Span<byte> target, TorchTensor tensor, int size)
    {
        if (tensor.IsContiguous)
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
