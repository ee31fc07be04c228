using System.Collections.Immutable;

namespace PluginPrune.FormatOnnx.Reading.Files;

/// <summary>One operator of a file.</summary>
/// <param name="Name">Its name; perhaps empty.</param>
/// <param name="Operation">Which operator.</param>
/// <param name="Domain">Whose operator; empty for a standard one.</param>
/// <param name="Inputs">Names of values; an empty one stands for an input that is left out.</param>
/// <param name="Outputs">Names of values; an empty one stands for an output that nobody wants.</param>
/// <param name="Attributes">Its settings, by name.</param>
internal sealed record StoredNode(
    string Name, string Operation, string Domain, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, ImmutableDictionary<string, StoredAttribute> Attributes)
{
    private const int LongestName = 120;

    /// <summary>What the user knows it by: its name, or that of its first output.</summary>
    public string Label
    {
        get
        {
            string label = Name.Length > 0 ? Name : Outputs.FirstOrDefault(static output => output.Length > 0) ?? Operation;
            return label.Length <= LongestName ? label : label[..LongestName] + "...";
        }
    }
}
