using System.Runtime.InteropServices;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>A small ONNX file as other tools write them. Weights are numbers around 0 that do not repeat soon.</summary>
internal sealed class OnnxSketch(int opset = 13, int layout = 8)
{
    private readonly ProtoMessage _graph = new();
    private readonly ProtoMessage _metadata = new();
    private int _seed;

    public byte[] Bytes
    {
        get
        {
            ProtoMessage model = new ProtoMessage().Number(1, layout).Text(2, "sketch").Message(7, _graph.Text(2, "net")).Message(8, new ProtoMessage().Text(1, string.Empty).Number(2, opset));
            return [.. model.Bytes, .. _metadata.Bytes];
        }
    }

    /// <summary>A list of whole numbers for an attribute.</summary>
    public static int[] Ints(params int[] numbers) => numbers;

    public OnnxSketch Input(string name, params object[] extents) => Value(11, name, extents);

    public OnnxSketch Output(string name, params object[] extents) => Value(12, name, extents);

    public OnnxSketch Metadata(string key, string value)
    {
        _metadata.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return this;
    }

    /// <summary>Adds an operator; each attribute is a number, a text or a list of whole numbers.</summary>
    public OnnxSketch Node(string operation, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes)
    {
        var node = new ProtoMessage();
        Array.ForEach(inputs, input => node.Text(1, input));
        Array.ForEach(outputs, output => node.Text(2, output));
        node.Text(3, $"{outputs[0]} node").Text(4, operation);
        foreach ((string name, object value) in attributes)
        {
            node.Message(5, Attribute(name, value));
        }

        _graph.Message(1, node);
        return this;
    }

    /// <summary>Adds an operator of one input and one output.</summary>
    public OnnxSketch Node(string operation, string input, string output, params (string Name, object Value)[] attributes) =>
        Node(operation, [input], [output], attributes);

    /// <summary>A convolution with a bias.</summary>
    public OnnxSketch Conv(string input, string output, int from, int to, int kernel = 1, params (string Name, object Value)[] attributes)
    {
        int groups = (int)(attributes.FirstOrDefault(static attribute => attribute.Name == "group").Value ?? 1);
        return Weights($"{output}.w", to, from / groups, kernel, kernel).Weights($"{output}.b", to).Node("Conv", [input, $"{output}.w", $"{output}.b"], [output], attributes);
    }

    /// <summary>Floats in raw form.</summary>
    public OnnxSketch Weights(string name, params int[] extents)
    {
        float[] values = new float[extents.Aggregate(1, static (product, extent) => product * extent)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((++_seed * 7919L % 10007) / 10007f) - 0.5f;
        }

        return Tensor(name, 1, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), extents);
    }

    public OnnxSketch Number(string name, float value) => Tensor(name, 1, BitConverter.GetBytes(value));

    public OnnxSketch Floats(string name, params float[] values) => Tensor(name, 1, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), values.Length);

    public OnnxSketch Integers(string name, params long[] values) => Tensor(name, 7, MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), values.Length);

    public OnnxSketch Tensor(string name, int type, byte[] raw, params int[] extents) => Tensor(Extents(extents).Number(2, type).Text(8, name).Part(9, raw));

    /// <summary>A tensor whose elements stand in another file.</summary>
    public OnnxSketch External(string name, int[] extents, string location, long offset, long? length = null)
    {
        ProtoMessage tensor = Extents(extents).Number(2, 1).Text(8, name)
            .Message(13, new ProtoMessage().Text(1, "location").Text(2, location))
            .Message(13, new ProtoMessage().Text(1, "offset").Text(2, FormattableString.Invariant($"{offset}")))
            .Number(14, 1);
        return Tensor(length is { } bytes ? tensor.Message(13, new ProtoMessage().Text(1, "length").Text(2, FormattableString.Invariant($"{bytes}"))) : tensor);
    }

    public OnnxSketch Tensor(ProtoMessage tensor)
    {
        _graph.Message(5, tensor);
        return this;
    }

    private static ProtoMessage Extents(int[] extents) => extents.Aggregate(new ProtoMessage(), static (message, extent) => message.Number(1, extent));

    private static ProtoMessage Attribute(string name, object value)
    {
        var attribute = new ProtoMessage().Text(1, name);
        return value switch
        {
            int number => attribute.Number(3, number).Number(20, 2),
            float number => attribute.Float(2, number).Number(20, 1),
            string text => attribute.Text(4, text).Number(20, 3),
            int[] numbers => numbers.Aggregate(attribute, static (message, number) => message.Number(8, number)).Number(20, 7),
            float[] numbers => numbers.Aggregate(attribute, static (message, number) => message.Float(7, number)).Number(20, 6),
            ProtoMessage tensor => attribute.Message(5, tensor).Number(20, 4),
            _ => throw new ArgumentException($"{value} is nothing that is sketched.", nameof(value)),
        };
    }

    private OnnxSketch Value(int field, string name, object[] extents)
    {
        ProtoMessage shape = extents.Aggregate(new ProtoMessage(), static (message, extent) =>
            message.Message(1, extent is int number ? new ProtoMessage().Number(1, number) : new ProtoMessage().Text(2, (string)extent)));
        ProtoMessage tensor = new ProtoMessage().Number(1, 1).Message(2, shape);
        _graph.Message(field, new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor)));
        return this;
    }
}
