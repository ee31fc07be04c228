using System.Buffers.Binary;
using System.Numerics;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>
/// What torch wrote before 1.6, and writes still where asked to: five pickles (a magic number, a protocol, facts of the machine, what
/// was saved, the storages' keys), then each storage as its count and its bytes.
/// </summary>
internal sealed class LegacyTorchFile : TorchFile
{
    private const long Protocol = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356", System.Globalization.CultureInfo.InvariantCulture);

    private readonly Stream _stream;
    private readonly Dictionary<string, long> _places = new(StringComparer.Ordinal);

    public LegacyTorchFile(Stream stream)
        : base(stream)
    {
        _stream = stream;
        byte[] front = new byte[Math.Min(stream.Length, LongestPickle)];
        stream.ReadExactly(front);
        var source = new PickleBytes(front, 0);
        if (!Equals(Next(source), Magic))
        {
            throw new TorchFileException("it is a pickle, and not one of torch.save.");
        }

        if (!Equals(Next(source), Protocol))
        {
            throw new TorchFileException("it is of a version of torch.save's format that nobody has written yet.");
        }

        if (Next(source) is PickleDictionary machine && machine["little_endian"] is false)
        {
            throw new TorchFileException("it was written on a big-endian machine, which is not read. Save it again on another one.");
        }

        var saved = new PickleReader(source, Refer);
        Root = saved.Read();
        Makers = saved.Makers;
        Globals = saved.Globals;
        if (Next(source) is not List<object?> keys)
        {
            throw new TorchFileException("it does not tell its storages: the file is damaged.");
        }

        FindStorages(keys, source.Position);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        // The stream is whose it was.
    }

    /// <inheritdoc />
    protected override void ReadStorage(TorchStorage storage, Span<byte> target)
    {
        if (!_places.TryGetValue(storage.Key, out long place))
        {
            throw new TorchFileException($"it has no storage '{storage.Key}', which a tensor of it is in: the file is damaged.");
        }

        _stream.Position = place;
        _stream.ReadExactly(target);
    }

    private object? Next(PickleBytes source) => new PickleReader(source, Refer).Read();

    private void FindStorages(List<object?> keys, long place)
    {
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (object? key in keys)
        {
            if (key is not string name || !Known.TryGetValue(name, out TorchStorage? storage))
            {
                throw new TorchFileException($"it has a storage '{key}' that nothing refers to: the file is damaged.");
            }

            _stream.Position = place;
            if (_stream.ReadAtLeast(count, count.Length, throwOnEndOfStream: false) < count.Length || _stream.Length - _stream.Position < storage.ByteCount)
            {
                throw new TorchFileException($"it is cut off: storage '{name}' would take {storage.ByteCount} bytes from byte {place + sizeof(long)} on, and it ends at {_stream.Length}.");
            }

            long told = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (told != storage.Count)
            {
                throw new TorchFileException($"storage '{name}' has {told} elements where its tensors say {storage.Count}: the file is damaged.");
            }

            _places[name] = place + sizeof(long);
            place += sizeof(long) + storage.ByteCount;
        }
    }
}
