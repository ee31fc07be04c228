using System.Security.Cryptography;
using PluginPrune.Contracts.Formats;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Keeps hashes of what a format writes: some networks are too large to be kept themselves.</summary>
internal sealed class HashingSink : IModelSink, IDisposable
{
    private readonly Dictionary<string, SHA256> _hashes = new(StringComparer.Ordinal);

    public static string HashOfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    public Stream Create(string extension)
    {
        var hash = SHA256.Create();
        _hashes.Add(extension, hash);
        return new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write);
    }

    public string HashOf(string extension) => Convert.ToHexString(_hashes[extension].Hash!);

    public void Dispose()
    {
        foreach (SHA256 hash in _hashes.Values)
        {
            hash.Dispose();
        }
    }
}
