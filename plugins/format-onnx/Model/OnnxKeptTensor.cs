using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>A constant of an operator that is written as it was read.</summary>
/// <param name="name">Unique among the graph's values.</param>
/// <param name="tensor">What it holds.</param>
internal sealed class OnnxKeptTensor(string name, KeptTensor tensor) : WireMessage
{
    public override void Visit(IWireFields fields)
    {
        foreach (int extent in tensor.Extents)
        {
            fields.Integer(1, extent);
        }

        fields.Integer(2, (int)tensor.Type);
        fields.Text(8, name);
        fields.Bytes(9, tensor.Bytes);
    }
}
