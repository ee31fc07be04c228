using System.Text;
using PluginPrune.Contracts.Formats;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Keeps what a format writes.</summary>
internal sealed class MemorySink : IModelSink
{
    private readonly Dictionary<string, MemoryStream> _files = new(StringComparer.Ordinal);

    /// <summary>All files, by their extensions.</summary>
    public IEnumerable<(string Extension, byte[] Bytes)> Files => _files.Select(static pair => (pair.Key, pair.Value.ToArray()));

    /// <summary>One character a byte, as Darknet reads it.</summary>
    public string Cfg => Encoding.Latin1.GetString(_files[".cfg"].ToArray());

    public byte[] Weights => _files[".weights"].ToArray();

    public Stream Create(string extension)
    {
        var stream = new MemoryStream();
        _files.Add(extension, stream);
        return stream;
    }
}
