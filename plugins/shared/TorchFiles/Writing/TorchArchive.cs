using System.Globalization;
using System.IO.Compression;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Shared.TorchFiles.Writing;

/// <summary>Writes the zip that torch writes from 1.6 on: a pickle, and storages that are one tensor each. The same contents give the same bytes.</summary>
internal static class TorchArchive
{
    private const string Folder = "archive/";

    // The version of the zip's layout that torch 1.6 began with and all later ones read.
    private static readonly byte[] Version = "3\n"u8.ToArray();

    // The first time that a zip can tell: no clock is in the file.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Long writes are cut so that a cancelled run ends soon.
    private const int LongestWrite = 16 << 20;

    /// <summary>Under which name a storage lies in the zip.</summary>
    public static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes it.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="pickle">What refers to the storages.</param>
    /// <param name="storages">In the order of their keys.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Write(Stream stream, byte[] pickle, IReadOnlyList<Tensor> storages, CancellationToken cancellationToken)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "data.pkl", pickle, cancellationToken);
        for (int i = 0; i < storages.Count; i++)
        {
            Add(archive, $"data/{Key(i)}", storages[i].Bytes, cancellationToken);
        }

        Add(archive, "version", Version, cancellationToken);
    }

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
}
