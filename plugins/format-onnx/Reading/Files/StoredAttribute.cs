using System.Globalization;

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

    /// <summary>Its value for a person, for instance '3', ''linear'' or '[1, 1]'.</summary>
    public string Describe()
    {
        const int Most = 8;
        return this switch
        {
            { Integer: { } integer } => string.Create(CultureInfo.InvariantCulture, $"{integer}"),
            { Float: { } number } => string.Create(CultureInfo.InvariantCulture, $"{number}"),
            { Text: { } text } => $"'{(text.Length > 40 ? text[..40] + "..." : text)}'",
            { Tensor: { } tensor } => $"a tensor [{string.Join(", ", tensor.Extents)}]",
            { IsOther: true } => "a graph or a list of tensors, texts or graphs",
            { Floats.Count: > 0 } => List(Floats.Select(static value => value.ToString(CultureInfo.InvariantCulture))),
            _ => List(Integers.Select(static value => value.ToString(CultureInfo.InvariantCulture))),
        };

        static string List(IEnumerable<string> numbers) => numbers.Take(Most + 1).ToArray() is { Length: > Most } many ? $"[{string.Join(", ", many.Take(Most))}, ...]" : $"[{string.Join(", ", numbers)}]";
    }
}
