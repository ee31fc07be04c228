using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>The version of the standard operators.</summary>
internal sealed class OnnxOpset(int version) : WireMessage
{
    public override void Visit(IWireFields fields)
    {
        fields.Text(1, string.Empty);
        fields.Integer(2, version);
    }
}
