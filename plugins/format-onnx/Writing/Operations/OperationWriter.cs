using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Model;

namespace PluginPrune.FormatOnnx.Writing.Operations;

/// <summary>Says an operation in operators of ONNX.</summary>
internal static class OperationWriter
{
    /// <summary>Writes an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="scope">Where to.</param>
    /// <returns>The value that it gives; its input where it changes nothing.</returns>
    public static string Write(Operation operation, NodeScope scope) => operation switch
    {
        Identity or Dropout => scope.X,
        Convolution convolution => Convolutions.Write(convolution, null, scope),
        LocalConvolution local => LocalConvolutions.Write(local, scope),
        Linear linear => Convolutions.Write(linear, null, scope),
        BatchNorm norm => Normalizations.Write(norm, scope),
        ChannelNormalization normalization => Normalizations.Write(normalization.Kind, scope),
        Softmax => scope.Emit("Softmax", [scope.X], OnnxAttribute.Of("axis", 1)),
        Activation activation => Activations.Write(activation, scope),
        Add => scope.Values.Length == 2 ? scope.Emit("Add", scope.Values) : scope.Emit("Sum", scope.Values),
        Multiply => Shapes.Multiply(scope),
        Concat => scope.Values.Length == 1 ? scope.X : scope.Emit("Concat", scope.Values, OnnxAttribute.Of("axis", 1)),
        Split split => Shapes.Slice(split.Index * scope.Output.Channels, scope),
        Slice slice => Shapes.Slice(slice.Start, scope),
        ChannelPadding padding => Shapes.Pad(padding, scope),
        MaxPool pool => Pools.Write(pool, scope),
        AveragePool pool => Pools.Write(pool, scope),
        GlobalAveragePool => scope.Emit("GlobalAveragePool", scope.X),
        GlobalMaxPool => scope.Emit("GlobalMaxPool", scope.X),
        Upsample upsample => Shapes.Upsample(upsample.Factor, scope),
        SpaceToDepth blocks => Reorders.Write(blocks, scope),
        Reorg reorg => Reorders.Write(reorg, scope),
        ChannelShuffle shuffle => Reorders.Write(shuffle, scope),
        CenterCrop crop => Shapes.Crop(crop, scope),
        Flatten => scope.Emit("Flatten", [scope.X], OnnxAttribute.Of("axis", 1)),
        Reshape reshape => scope.Reshape(scope.X, [0, .. reshape.Target.Dimensions.Select(static extent => (long)extent)]),
        Transpose transpose => scope.Transpose(scope.X, [0, .. transpose.Order.Select(static axis => axis + 1)]),
        _ => throw new NotSupportedException($"{scope.Name}: ONNX does not say its operation, {operation.Name}."),
    };
}
