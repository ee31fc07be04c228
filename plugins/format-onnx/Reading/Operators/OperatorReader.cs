using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>
/// Says an operator of ONNX in operations of a network. What depends on constants alone is computed; what no operation says is
/// kept as it is.
/// </summary>
internal static class OperatorReader
{
    public static void Read(OperatorScope s)
    {
        if (ConstantOperators.TryRead(s) || TryRead(s))
        {
            return;
        }

        if (Enumerable.Range(0, s.Inputs).All(index => s[index] is not Value))
        {
            throw s.Fault("it makes a constant in a way that is not computed here. Simplify the file with the tool that made it.");
        }

        KeptOperators.Read(s);
    }

    /// <returns>False, and nothing given, where the operator says what no operation does.</returns>
    private static bool TryRead(OperatorScope s) => s.Operation switch
    {
        "Conv" => Convolutions.TryReadConv(s),
        "Gemm" => Convolutions.TryReadGemm(s),
        "MatMul" => Convolutions.TryReadMatMul(s),
        "BatchNormalization" => Convolutions.TryReadNorm(s),
        "Add" or "Sub" or "Mul" or "Div" or "Sum" or "Pow" => Elementwise.TryRead(s),
        "MaxPool" or "AveragePool" or "GlobalAveragePool" or "GlobalMaxPool" or "ReduceMean" or "ReduceMax" => Pools.TryRead(s),
        "Concat" or "Split" or "Slice" or "Gather" or "Pad" => Channels.TryRead(s),
        "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Transpose" or "SpaceToDepth" => Shapes.TryRead(s),
        "Resize" or "Upsample" => Resizes.TryRead(s),
        "Identity" or "Dropout" or "Cast" => Same(s),
        _ => Activations.TryRead(s),
    };

    private static bool Same(OperatorScope s)
    {
        // What a dropout left out is never asked for at inference; a cast between floats of different sizes changes nothing that counts.
        if (s.Node.Outputs.Skip(1).Any(static output => output.Length > 0) && s.Operation == "Dropout" && !IsUnread(s, 1))
        {
            return false;
        }

        if (s.Operation == "Cast" && !(IsFloat(s.Integer("to", 0)) && s.X.Type == OnnxElementType.Float))
        {
            return false;
        }

        s.Give(s[0]!);
        return true;
    }

    private static bool IsUnread(OperatorScope s, int output) => !s.Graph.IsRead(s.Node.Outputs[output]);

    private static bool IsFloat(long type) => type is (int)OnnxElementType.Float or (int)OnnxElementType.Half or (int)OnnxElementType.Double;
}
