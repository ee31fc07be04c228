using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>One extent of a value: a number, or a name that stands for any.</summary>
internal sealed class OnnxExtent : WireMessage
{
    private readonly int _number;
    private readonly string? _name;

    private OnnxExtent(int number, string? name)
    {
        _number = number;
        _name = name;
    }

    public static OnnxExtent Fixed(int number) => new(number, null);

    public static OnnxExtent Open(string name) => new(0, name);

    public override void Visit(IWireFields fields)
    {
        if (_name is null)
        {
            fields.Integer(1, _number);
        }
        else
        {
            fields.Text(2, _name);
        }
    }
}
