namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>A setting of an operator; what of it counts depends on its type.</summary>
internal sealed class StoredAttribute
{
    public string Name { get; set; } = string.Empty;

    /// <summary>The number that the file gives its type; 0 in files that are older than the types.</summary>
    public long Type { get; set; }

    public float? Float { get; set; }

    public long? Integer { get; set; }

    public string? Text { get; set; }

    public StoredTensor? Tensor { get; set; }

    public List<float> Floats { get; } = [];

    public List<long> Integers { get; } = [];

    /// <summary>Whether it holds what is not read: a graph, or several texts, tensors or graphs.</summary>
    public bool IsOther { get; set; }
}
