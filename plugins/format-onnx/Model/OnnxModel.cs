using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>A whole file: a graph, the operators that it is written for, and what its user must know.</summary>
/// <param name="graph">The graph.</param>
/// <param name="opset">The version of the standard operators.</param>
/// <param name="metadata">Names and texts.</param>
internal sealed class OnnxModel(OnnxGraph graph, int opset, IEnumerable<KeyValuePair<string, string>> metadata) : WireMessage
{
    private const string Producer = "PluginPrune";

    public override void Visit(IWireFields fields)
    {
        fields.Integer(1, FileVersion(opset));
        fields.Text(2, Producer);
        fields.Text(3, typeof(OnnxModel).Assembly.GetName().Version!.ToString(3));
        fields.Message(7, graph);
        fields.Message(8, new OnnxOpset(opset));
        foreach ((string key, string value) in metadata)
        {
            fields.Message(14, new OnnxProperty(key, value));
        }
    }

    // The version of the file's layout with which each version of the operators came; a reader of those operators knows it.
    private static int FileVersion(int opset) => opset switch
    {
        < 15 => 7,
        < 19 => 8,
        < 21 => 9,
        _ => 10,
    };
}
