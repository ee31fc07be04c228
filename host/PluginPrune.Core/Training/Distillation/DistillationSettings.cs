using System.Globalization;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Core.Training;

/// <summary>What counts how much where a network learns from another one.</summary>
public sealed record DistillationSettings
{
    /// <summary>What the loss of labels counts, 0 or more; with 0 labels are not looked at.</summary>
    /// <value>The default is 1.</value>
    [Option("what labels count", Minimum = 0)]
    public double Labels { get; init; } = 1;

    /// <summary>What the teacher's scores count, objectness and classes, 0 or more.</summary>
    /// <value>The default is 1.</value>
    [Option("what the teacher's objectness and classes count", Minimum = 0)]
    public double Logits { get; init; } = 1;

    /// <summary>What the teacher's boxes count, 0 or more.</summary>
    /// <value>The default is 1.</value>
    [Option("what the teacher's boxes count", Minimum = 0)]
    public double Boxes { get; init; } = 1;

    /// <summary>What inner layers count, 0 or more; see <see cref="FeatureLoss"/>.</summary>
    /// <value>The default is 1.</value>
    [Option("what the teacher's inner layers count", Minimum = 0)]
    public double Features { get; init; } = 1;

    /// <summary>What logits are divided by before they are compared, above 0.</summary>
    /// <value>The default is 1.</value>
    [Option("what logits are divided by before they are compared", Minimum = 0.01, Maximum = 100)]
    public double Temperature { get; init; } = 1;

    /// <summary>Whether heads learn from heads.</summary>
    public bool UsesHeads => Logits > 0 || Boxes > 0;

    /// <summary>Reads settings, such as 'boxes' and '0.5'; what is not named has its default.</summary>
    /// <param name="values">Names and values.</param>
    /// <exception cref="OptionException">A name is unknown or a value is not allowed; all faults are listed.</exception>
    public static DistillationSettings Of(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        OptionDescriptor[] known = [.. OptionDescriptor.Of(typeof(DistillationSettings))];
        string[] faults = [.. values.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(pair => FaultOf(known, pair.Key, pair.Value)).OfType<string>()];
        if (faults.Length > 0)
        {
            throw new OptionException(string.Join(' ', faults));
        }

        double Number(OptionDescriptor option) => double.Parse(values.GetValueOrDefault(option.Name) ?? option.Default!, NumberStyles.Float, CultureInfo.InvariantCulture);
        Dictionary<string, double> numbers = known.ToDictionary(static option => option.Name, Number, StringComparer.Ordinal);
        return new DistillationSettings
        {
            Labels = numbers["labels"],
            Logits = numbers["logits"],
            Boxes = numbers["boxes"],
            Features = numbers["features"],
            Temperature = numbers["temperature"],
        };
    }

    private static string? FaultOf(OptionDescriptor[] known, string name, string text) =>
        Array.Find(known, option => option.Name == name) is { } option
            ? option.FindFault(text, $"--distil {name}")
            : $"Distillation has no setting '{name}'; there is {string.Join(", ", known.Select(static option => option.Name))}.";
}
