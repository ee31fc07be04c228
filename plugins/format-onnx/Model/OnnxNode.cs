using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>One operator at work.</summary>
/// <param name="operation">The operator's name.</param>
/// <param name="inputs">Names of values; an empty name leaves an optional input out.</param>
/// <param name="attributes">The operator's settings.</param>
internal sealed class OnnxNode(string operation, ImmutableArray<string> inputs, ImmutableArray<OnnxAttribute> attributes) : WireMessage
{
    /// <summary>The value that it gives, after which it is named.</summary>
    public required string Output { get; set; }

    /// <summary>Names of outputs before that one, which nobody reads.</summary>
    public ImmutableArray<string> OutputsBefore { get; init; } = [];

    /// <summary>Names of outputs behind that one, which nobody reads.</summary>
    public ImmutableArray<string> OutputsBehind { get; init; } = [];

    public override void Visit(IWireFields fields)
    {
        foreach (string input in inputs)
        {
            fields.Text(1, input);
        }

        foreach (string output in (IEnumerable<string>)[.. OutputsBefore, Output, .. OutputsBehind])
        {
            fields.Text(2, output);
        }

        fields.Text(3, Output);
        fields.Text(4, operation);
        foreach (OnnxAttribute attribute in attributes)
        {
            fields.Message(5, attribute);
        }
    }
}
