using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>A setting of an operator.</summary>
internal sealed class OnnxAttribute : WireMessage
{
    private readonly Action<IWireFields> _visitValue;
    private readonly string _name;
    private readonly OnnxAttributeType _type;

    private OnnxAttribute(string name, OnnxAttributeType type, Action<IWireFields> visitValue)
    {
        _name = name;
        _type = type;
        _visitValue = visitValue;
    }

    public static OnnxAttribute Of(string name, double value) => new(name, OnnxAttributeType.Float, fields => fields.Float(2, (float)value));

    public static OnnxAttribute Of(string name, int value) => new(name, OnnxAttributeType.Integer, fields => fields.Integer(3, value));

    public static OnnxAttribute Of(string name, long value) => new(name, OnnxAttributeType.Integer, fields => fields.Integer(3, value));

    public static OnnxAttribute Of(string name, string value) => new(name, OnnxAttributeType.Text, fields => fields.Text(4, value));

    public static OnnxAttribute Of(string name, ImmutableArray<int> values) => new(name, OnnxAttributeType.Integers, fields =>
    {
        foreach (int value in values)
        {
            fields.Integer(8, value);
        }
    });

    public static OnnxAttribute OfIntegers(string name, ImmutableArray<long> values) => new(name, OnnxAttributeType.Integers, fields =>
    {
        foreach (long value in values)
        {
            fields.Integer(8, value);
        }
    });

    public static OnnxAttribute OfFloats(string name, ImmutableArray<double> values) => new(name, OnnxAttributeType.Floats, fields =>
    {
        foreach (double value in values)
        {
            fields.Float(7, (float)value);
        }
    });

    public override void Visit(IWireFields fields)
    {
        fields.Text(1, _name);
        _visitValue(fields);
        fields.Integer(20, (int)_type);
    }
}
