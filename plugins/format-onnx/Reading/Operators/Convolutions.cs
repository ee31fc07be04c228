using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Convolutions, linear layers and batch normalization.</summary>
internal static class Convolutions
{
    public static bool TryReadConv(OperatorScope s)
    {
        if (s[0] is not Value { IsMap: true } source || s.ConstantAt(1) is not { Rank: 4 } weight || (s[2] is not null && s.ConstantAt(2) is null))
        {
            return false;
        }

        // The margin of the value goes into the padding; without it the map is smaller than the file says.
        Value map = source.Margin == default ? s.X : source;
        Extent kernel = new(weight.Extents[2], weight.Extents[3]);
        var window = Windows.Of(s, kernel, new Extent(map.Extents[2], map.Extents[3]));
        Padding padding = window.Padding;
        Padding margin = map.Margin;
        var convolution = new Convolution(weight.ToTensor(), s.ConstantAt(2) is { } bias ? Vector(bias) : null)
        {
            Stride = window.Stride,
            Dilation = window.Dilation,
            Padding = new Padding(padding.Top + margin.Top, padding.Left + margin.Left, padding.Bottom + margin.Bottom, padding.Right + margin.Right),
            Groups = checked((int)s.Integer("group", 1)),
        };
        s.Give(convolution, map);
        return true;
    }

    public static bool TryReadNorm(OperatorScope s)
    {
        Constant?[] parts = [.. Enumerable.Range(1, 4).Select(s.ConstantAt)];
        if (s[0] is not Value || Array.Exists(parts, static part => part is not { Rank: 1 }) || s.Integer("training_mode", 0) != 0 || s.Integer("spatial", 1) != 1)
        {
            return false;
        }

        Tensor[] tensors = [.. parts.Select(static part => Vector(part!))];
        s.Give(new BatchNorm(tensors[0], tensors[1], tensors[2], tensors[3]) { Epsilon = s.Float("epsilon", 1e-5f) }, s.X);
        return true;
    }

    public static bool TryReadGemm(OperatorScope s)
    {
        if (s[0] is not Value { Rank: 2 } || s.ConstantAt(1) is not { Rank: 2 } weight || s.Integer("transA", 0) != 0 || (s[2] is not null && s.ConstantAt(2) is null))
        {
            return false;
        }

        Tensor matrix = s.Integer("transB", 0) != 0 ? weight.ToTensor() : Transposed(weight);
        Tensor? bias = s.ConstantAt(2) is { } constant ? Scaled(Repeated(constant, matrix.Shape[0]), s.Float("beta", 1)) : null;
        s.Give(new Linear(Scaled(matrix, s.Float("alpha", 1)), bias), s.X);
        return true;
    }

    public static bool TryReadMatMul(OperatorScope s)
    {
        if (s[0] is not Value { Rank: 2 } || s.ConstantAt(1) is not { Rank: 2 } weight)
        {
            return false;
        }

        s.Give(new Linear(Transposed(weight), null), s.X);
        return true;
    }

    public static Tensor Vector(Constant constant) => constant.ToTensor(new Shape(constant.Count));

    // A bias may be one number for all.
    private static Tensor Repeated(Constant bias, int count)
    {
        if (bias.Count == count)
        {
            return Vector(bias);
        }

        float[] repeated = new float[count];
        Array.Fill(repeated, bias.Count == 1 ? (float)bias.Numbers[0] : throw new OnnxFileException($"it has {count} outputs and {bias.Count} biases."));
        return Tensor.FromFloats(repeated);
    }

    private static Tensor Scaled(Tensor tensor, double factor) =>
        factor == 1 ? tensor : tensor.WithFloats(Array.ConvertAll(tensor.Floats.ToArray(), value => (float)(value * factor)));

    // [in, out] to [out, in]; halves stay halves, since their floats are exact.
    private static Tensor Transposed(Constant weight)
    {
        (int inputs, int outputs) = (weight.Extents[0], weight.Extents[1]);
        Tensor stored = weight.ToTensor(new Shape(outputs, inputs));
        ReadOnlySpan<float> source = stored.Floats;
        float[] turned = GC.AllocateUninitializedArray<float>(source.Length);
        for (int row = 0; row < outputs; row++)
        {
            for (int column = 0; column < inputs; column++)
            {
                turned[(row * inputs) + column] = source[(column * outputs) + row];
            }
        }

        return stored.WithFloats(turned);
    }
}
