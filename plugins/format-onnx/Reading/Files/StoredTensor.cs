using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>A tensor of a file. Its elements stand in one of several places.</summary>
internal sealed class StoredTensor
{
    public string Name { get; set; } = string.Empty;

    public OnnxElementType Type { get; set; }

    public List<long> Extents { get; } = [];

    /// <summary>The elements as they are in memory, little endian.</summary>
    public ReadOnlyMemory<byte>? Raw { get; set; }

    /// <summary>Floats or doubles, as they are in memory, where they stand in lists.</summary>
    public MemoryStream? Numbers { get; set; }

    /// <summary>Whole numbers, booleans, and halves as their bits.</summary>
    public List<long> Integers { get; } = [];

    /// <summary>Where in another file the elements stand: 'location', 'offset', 'length'.</summary>
    public Dictionary<string, string> External { get; } = new(StringComparer.Ordinal);

    public bool IsExternal { get; set; }
}
