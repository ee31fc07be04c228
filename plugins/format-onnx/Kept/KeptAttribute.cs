using System.Collections.Immutable;

namespace PluginPrune.FormatOnnx.Kept;

/// <summary>A setting of an operator; one of the members is its value.</summary>
/// <param name="Name">Its name.</param>
internal sealed record KeptAttribute(string Name)
{
    public double? Float { get; init; }

    public long? Integer { get; init; }

    public string? Text { get; init; }

    public ImmutableArray<double>? Floats { get; init; }

    public ImmutableArray<long>? Integers { get; init; }
}
