using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>A named text in a file's metadata.</summary>
internal sealed class OnnxProperty(string key, string value) : WireMessage
{
    public override void Visit(IWireFields fields)
    {
        fields.Text(1, key);
        fields.Text(2, value);
    }
}
