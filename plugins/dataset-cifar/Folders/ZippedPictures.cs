using System.IO.Compression;

namespace PluginPrune.DatasetCifar.Folders;

/// <summary>The files of a zip. It stays open as long as somebody has one of its pictures. Safe from every thread.</summary>
internal sealed class ZippedPictures(string path)
{
    // A picture of a camera has a hundredth of it.
    private const long Longest = 256 << 20;

    private readonly ZipArchive _archive = ZipFile.OpenRead(path);
    private readonly Lock _reading = new();

    public IReadOnlyCollection<ZipArchiveEntry> Entries => _archive.Entries;

    /// <summary>A file, taken out as a whole: entries share the archive's stream.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Stream Open(ZipArchiveEntry entry)
    {
        if (entry.Length > Longest)
        {
            throw new IOException($"it would take {entry.Length} bytes; no picture does.");
        }

        lock (_reading)
        {
            try
            {
                byte[] bytes = new byte[entry.Length];
                using Stream stream = entry.Open();
                stream.ReadExactly(bytes);
                return new MemoryStream(bytes, writable: false);
            }
            catch (InvalidDataException damaged)
            {
                throw new IOException($"it is damaged in the zip: {damaged.Message}", damaged);
            }
        }
    }
}
