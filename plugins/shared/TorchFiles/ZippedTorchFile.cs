using System.IO.Compression;
using System.Text;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles;

/// <summary>What torch writes from 1.6 on: a zip with NAME/data.pkl and the storages NAME/data/KEY, none of them compressed.</summary>
internal sealed class ZippedTorchFile : TorchFile
{
    private const string Pickle = "data.pkl";

    private readonly ZipArchive _archive;
    private readonly string _prefix;

    public ZippedTorchFile(Stream stream)
        : base(stream)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry pickle = _archive.Entries.FirstOrDefault(static entry => entry.Name == Pickle && entry.FullName.Count(static letter => letter == '/') <= 1)
                ?? throw new TorchFileException(_archive.Entries.Any(static entry => entry.FullName.EndsWith("constants.pkl", StringComparison.Ordinal))
                    ? "it is TorchScript, which holds code. Save the state dictionary of the module that it was made from."
                    : $"it is a zip without {Pickle}: torch.save has not written it.");
            _prefix = pickle.FullName[..^Pickle.Length];
            if (_archive.GetEntry(_prefix + "constants.pkl") is not null)
            {
                throw new TorchFileException("it is TorchScript, which holds code. Save the state dictionary of the module that it was made from.");
            }

            if (_archive.GetEntry(_prefix + "byteorder") is { } order && !Encoding.ASCII.GetString(ReadAll(order, LongestPickle)).StartsWith("little", StringComparison.Ordinal))
            {
                throw new TorchFileException("it was written on a big-endian machine, which is not read. Save it again on another one.");
            }

            var reader = new PickleReader(new PickleBytes(ReadAll(pickle, LongestPickle), 0), Refer);
            Root = reader.Read();
            Makers = reader.Makers;
            Globals = reader.Globals;
        }
        catch (InvalidDataException damaged)
        {
            throw new TorchFileException($"it begins as a zip and is cut off or damaged ({damaged.Message.TrimEnd('.')}).");
        }
    }

    /// <inheritdoc />
    public override void Dispose() => _archive.Dispose();

    /// <inheritdoc />
    protected override void ReadStorage(TorchStorage storage, Span<byte> target)
    {
        string name = $"{_prefix}data/{storage.Key}";
        ZipArchiveEntry entry = _archive.GetEntry(name) ?? throw new TorchFileException($"it has no '{name}', which a tensor of it is in: the file is damaged.");
        if (entry.Length != storage.ByteCount)
        {
            throw new TorchFileException($"its '{name}' has {entry.Length} bytes; its tensors take {storage.ByteCount}: the file is damaged.");
        }

        try
        {
            ReadAll(entry, target);
        }
        catch (InvalidDataException damaged)
        {
            throw new TorchFileException($"its '{name}' cannot be read ({damaged.Message.TrimEnd('.')}): the file is damaged.");
        }
    }

    private static byte[] ReadAll(ZipArchiveEntry entry, int most)
    {
        if (entry.Length > most)
        {
            throw new TorchFileException($"its '{entry.FullName}' has {entry.Length} bytes; torch writes at most {most}.");
        }

        byte[] bytes = new byte[entry.Length];
        ReadAll(entry, bytes);
        return bytes;
    }

    private static void ReadAll(ZipArchiveEntry entry, Span<byte> target)
    {
        // torch compresses nothing, so what is read is never longer than the file.
        if (entry.CompressedLength != entry.Length)
        {
            throw new TorchFileException($"its '{entry.FullName}' has {entry.Length} bytes, {entry.CompressedLength} of them in the file; torch compresses nothing.");
        }

        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        if (read < target.Length)
        {
            throw new TorchFileException($"its '{entry.FullName}' ends after {read} of {target.Length} bytes: the file is cut off.");
        }
    }
}
