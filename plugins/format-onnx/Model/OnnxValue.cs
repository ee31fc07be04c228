using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>An input or output of a graph: floats of a shape whose extents may be left open.</summary>
/// <param name="name">Its name.</param>
/// <param name="extents">Outermost first.</param>
internal sealed class OnnxValue(string name, ImmutableArray<OnnxExtent> extents) : WireMessage
{
    public override void Visit(IWireFields fields)
    {
        fields.Text(1, name);
        fields.Message(2, new ValueType(extents));
    }

    private sealed class ValueType(ImmutableArray<OnnxExtent> extents) : WireMessage
    {
        public override void Visit(IWireFields fields) => fields.Message(1, new TensorType(extents));
    }

    private sealed class TensorType(ImmutableArray<OnnxExtent> extents) : WireMessage
    {
        public override void Visit(IWireFields fields)
        {
            fields.Integer(1, (int)OnnxElementType.Float);
            fields.Message(2, new TensorShape(extents));
        }
    }

    private sealed class TensorShape(ImmutableArray<OnnxExtent> extents) : WireMessage
    {
        public override void Visit(IWireFields fields)
        {
            foreach (OnnxExtent extent in extents)
            {
                fields.Message(1, extent);
            }
        }
    }
}
