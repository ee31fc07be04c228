using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>A constant of a graph.</summary>
/// <param name="name">Unique among the graph's values.</param>
/// <param name="shape">Its extents; none for a single number.</param>
/// <param name="type">What its elements are.</param>
/// <param name="make">Makes it when it is written.</param>
internal sealed class OnnxTensor(string name, Shape shape, ElementType type, Func<Tensor> make) : WireMessage
{
    public string Name { get; } = name;

    /// <summary>How many bytes its elements take.</summary>
    public long Length { get; } = (long)shape.Count * (type switch { ElementType.I64 => sizeof(long), ElementType.F16 => sizeof(ushort), _ => sizeof(float) });

    public override void Visit(IWireFields fields)
    {
        foreach (int extent in shape.Dimensions)
        {
            fields.Integer(1, extent);
        }

        fields.Integer(2, (int)(type switch { ElementType.I64 => OnnxElementType.Integer, ElementType.F16 => OnnxElementType.Half, _ => OnnxElementType.Float }));
        fields.Text(8, Name);
        fields.Elements(9, checked((int)Length), make);
    }
}
