using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles.Writing;

/// <summary>
/// Writes a state dictionary as torch does from 1.6 on, in what torch.load takes with weights_only too. The same dictionary gives the
/// same bytes.
/// </summary>
internal static class StateDictionaryWriter
{
    private const string Folder = "archive/";

    // The version of the zip's layout that torch 1.6 began with and all later ones read.
    private static readonly byte[] Version = "3\n"u8.ToArray();

    // The first time that a zip can tell: no clock is in the file.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Long writes are cut so that a cancelled run ends soon.
    private const int LongestWrite = 16 << 20;

    /// <summary>Writes it.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="dictionary">What is written.</param>
    /// <param name="fact">The name under which numbers of modules are kept.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Write(Stream stream, StateDictionary dictionary, string fact, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "data.pkl", Pickle(dictionary, fact), cancellationToken);
        for (int i = 0; i < dictionary.Entries.Length; i++)
        {
            Add(archive, $"data/{Key(i)}", dictionary.Entries[i].Tensor.Bytes, cancellationToken);
        }

        Add(archive, "version", Version, cancellationToken);
    }

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        ZipArchiveEntry entry = archive.CreateEntry(Folder + name, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        while (!bytes.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(bytes.Length, LongestWrite);
            stream.Write(bytes[..count]);
            bytes = bytes[count..];
        }
    }

    private static byte[] Pickle(StateDictionary dictionary, string fact)
    {
        var pickle = new PickleWriter();
        if (dictionary.Wrapper is { } wrapper)
        {
            pickle.Write(PickleCode.EmptyDict);
            pickle.Text(wrapper);
        }

        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Mark);
        for (int i = 0; i < dictionary.Entries.Length; i++)
        {
            pickle.Text(dictionary.Entries[i].Name);
            WriteTensor(pickle, Key(i), dictionary.Entries[i].Tensor);
        }

        pickle.Write(PickleCode.SetItems);
        if (!dictionary.Facts.IsEmpty)
        {
            WriteFacts(pickle, dictionary.Facts, fact);
        }

        if (dictionary.Wrapper is not null)
        {
            pickle.Write(PickleCode.SetItem);
        }

        return pickle.Finish();
    }

    private static void WriteTensor(PickleWriter pickle, string key, Tensor tensor)
    {
        StoredType type = tensor.Type switch { ElementType.F32 => StoredType.Single, ElementType.F16 => StoredType.Half, _ => StoredType.Long };
        pickle.Global("torch._utils", "_rebuild_tensor_v2");
        pickle.Write(PickleCode.Mark);

        pickle.Write(PickleCode.Mark);
        pickle.Text("storage");
        pickle.Global("torch", type.Storage);
        pickle.Text(key);
        pickle.Text("cpu");
        pickle.Number(tensor.Count);
        pickle.Write(PickleCode.Tuple);
        pickle.Write(PickleCode.BinPersId);

        pickle.Number(0);
        ImmutableArray<int> sizes = tensor.Shape.Dimensions;
        pickle.Tuple(sizes.Select(static size => (long)size));
        pickle.Tuple(sizes.Select((_, axis) => sizes.Skip(axis + 1).Aggregate(1L, static (stride, size) => stride * size)));
        pickle.Write(PickleCode.NewFalse);
        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Tuple);
        pickle.Write(PickleCode.Reduce);
    }

    /// <summary>As torch keeps the versions of modules: an attribute of the dictionary, which load_state_dict hands to the modules.</summary>
    private static void WriteFacts(PickleWriter pickle, ImmutableSortedDictionary<string, ImmutableArray<long>> facts, string fact)
    {
        pickle.Write(PickleCode.EmptyDict);
        pickle.Text(StateDictionary.MetadataKey);
        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Mark);
        foreach ((string module, ImmutableArray<long> numbers) in facts)
        {
            pickle.Text(module);
            pickle.Write(PickleCode.EmptyDict);
            pickle.Text(fact);
            pickle.Tuple(numbers);
            pickle.Write(PickleCode.SetItem);
        }

        pickle.Write(PickleCode.SetItems);
        pickle.Write(PickleCode.SetItem);
        pickle.Write(PickleCode.Build);
    }
}
