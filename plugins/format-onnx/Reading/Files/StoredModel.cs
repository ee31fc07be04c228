namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>What stands in a file, as it stands there.</summary>
internal sealed class StoredModel
{
    public long FileVersion { get; set; }

    /// <summary>The versions of the sets of operators, by their domains; the standard ones are ''.</summary>
    public Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);

    /// <summary>Names and texts beside the graph, in their order.</summary>
    public List<KeyValuePair<string, string>> Metadata { get; } = [];

    public List<StoredNode> Nodes { get; } = [];

    public List<StoredTensor> Tensors { get; } = [];

    public List<StoredValue> Inputs { get; } = [];

    public List<StoredValue> Outputs { get; } = [];

    /// <summary>What the file says of values in between, by name.</summary>
    public Dictionary<string, StoredValue> Values { get; } = new(StringComparer.Ordinal);

    public bool HasGraph { get; set; }
}
