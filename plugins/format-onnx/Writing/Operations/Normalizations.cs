using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Normalization channel by channel, and over the channels of a place.</summary>
internal static class Normalizations
{
    // What Darknet adds to the sum.
    private const double Epsilon = 1e-4;

    private const int Channels = 1;

    // From here on the axes of a maximum are an input; before they are an attribute.
    private const int AxesAreInput = 18;

    public static string Write(BatchNorm norm, NodeScope scope) => scope.Emit(
        "BatchNormalization",
        [
            scope.X,
            scope.Graph.Weights($"{scope.Name}.gamma", norm.Gamma),
            scope.Graph.Weights($"{scope.Name}.beta", norm.Beta),
            scope.Graph.Weights($"{scope.Name}.mean", norm.Mean),
            scope.Graph.Weights($"{scope.Name}.variance", norm.Variance),
        ],
        OnnxAttribute.Of("epsilon", norm.Epsilon));

    public static string Write(ChannelNormalizationKind kind, NodeScope s)
    {
        if (kind == ChannelNormalizationKind.Sum)
        {
            string positive = s.Emit("Relu", s.X);
            return s.Emit("Div", positive, s.Emit("Add", Sum(s, positive), Epsilon));
        }

        // The largest x is taken off, so that nothing overflows; what is added to the sum is scaled along where it must be.
        string largest = Largest(s);
        string powers = s.Emit("Exp", s.Emit("Sub", s.X, largest));
        string added = kind == ChannelNormalizationKind.Softmax
            ? s.Emit("Mul", s.Emit("Exp", s.Emit("Neg", largest)), Epsilon)
            : s.Graph.Number(Epsilon);
        return s.Emit("Div", powers, s.Emit("Add", Sum(s, powers), added));
    }

    private static string Sum(NodeScope s, string value) => s.Emit("ReduceSum", value, s.Graph.Integers(Channels));

    private static string Largest(NodeScope s) => s.Graph.Opset < AxesAreInput
        ? s.Emit("ReduceMax", [s.X], OnnxAttribute.Of("axes", [Channels]))
        : s.Emit("ReduceMax", s.X, s.Graph.Integers(Channels));
}
