using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Convolutions and linear layers, perhaps with the batch normalization that follows.</summary>
internal static class Convolutions
{
    public static string Write(Convolution convolution, BatchNorm? norm, NodeScope scope) => scope.Emit(
        "Conv",
        [scope.X, .. Parameters(convolution.Weight, convolution.Bias, norm, scope)],
        OnnxAttribute.Of("kernel_shape", Attributes.Of(convolution.Kernel)),
        OnnxAttribute.Of("strides", Attributes.Of(convolution.Stride)),
        OnnxAttribute.Of("pads", Attributes.Of(convolution.Padding)),
        OnnxAttribute.Of("dilations", Attributes.Of(convolution.Dilation)),
        OnnxAttribute.Of("group", convolution.Groups));

    public static string Write(Linear linear, BatchNorm? norm, NodeScope scope) => scope.Emit(
        "Gemm", [scope.X, .. Parameters(linear.Weight, linear.Bias, norm, scope)], OnnxAttribute.Of("transB", 1));

    // [out, ...] and [out].
    private static IEnumerable<string> Parameters(Tensor weight, Tensor? bias, BatchNorm? norm, NodeScope scope)
    {
        if (norm is not null)
        {
            var folding = new NormFolding(norm);
            yield return scope.Graph.Weights($"{scope.Name}.weight", weight.Shape, () => folding.FoldWeight(weight));
            yield return scope.Graph.Weights($"{scope.Name}.bias", norm.Beta.Shape, () => folding.FoldBias(bias));
            yield break;
        }

        yield return scope.Graph.Weights($"{scope.Name}.weight", weight);
        if (bias is not null)
        {
            yield return scope.Graph.Weights($"{scope.Name}.bias", bias);
        }
    }
}
