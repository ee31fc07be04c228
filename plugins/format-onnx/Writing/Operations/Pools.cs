using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Maxima and means in windows. What lies outside the input takes no part in ONNX's maximum either.</summary>
internal static class Pools
{
    public static string Write(MaxPool pool, NodeScope scope) => scope.Emit(
        "MaxPool",
        [scope.X],
        OnnxAttribute.Of("kernel_shape", Attributes.Of(pool.Kernel)),
        OnnxAttribute.Of("strides", Attributes.Of(pool.Stride)),
        OnnxAttribute.Of("pads", Attributes.Of(pool.Padding)));

    public static string Write(AveragePool pool, NodeScope scope) => scope.Emit(
        "AveragePool",
        [scope.X],
        OnnxAttribute.Of("kernel_shape", Attributes.Of(pool.Kernel)),
        OnnxAttribute.Of("strides", Attributes.Of(pool.Stride)),
        OnnxAttribute.Of("pads", Attributes.Of(pool.Padding)),
        OnnxAttribute.Of("count_include_pad", pool.CountsPadding ? 1 : 0));
}
