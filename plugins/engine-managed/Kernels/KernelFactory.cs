using System.Numerics;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineManaged.Activations;
using PluginPrune.EngineManaged.Convolutions;

namespace PluginPrune.EngineManaged.Kernels;

/// <summary>Finds the kernel of a node.</summary>
internal static class KernelFactory
{
    /// <summary>The kernel, or null where the node's value is its input under another name or shape.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static Kernel<T>? Create<T>(Network network, Node node)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Shape[] inputs = [.. node.Inputs.Select(network.ShapeOf)];
        Shape output = network.ShapeOf(node.Id);
        CheckAxes(node, inputs);
        return node.Operation switch
        {
            Identity or Dropout or Reshape or Flatten => null,
            Convolution convolution => ConvolutionKernel<T>.Create(convolution, inputs[0], output),
            BatchNorm norm => new BatchNormKernel<T>(norm, inputs[0]),
            Activation activation => new ActivationKernel<T>(ActivationFunction.Create<T>(activation), output.Count),
            Add => new AddKernel<T>(output.Count),
            Multiply => new MultiplyKernel<T>(inputs[0], inputs[1]),
            Concat => new ConcatKernel<T>(inputs),
            Split split => new SliceKernel<T>(inputs[0], split.Index * output.Channels, output.Channels),
            Slice slice => new SliceKernel<T>(inputs[0], slice.Start, slice.Length),
            ChannelPadding padding => new ChannelPaddingKernel<T>(inputs[0], output, padding.Before),
            MaxPool pool => new MaxPoolKernel<T>(new PoolGeometry(pool.Kernel, pool.Stride, pool.Padding, inputs[0], output)),
            AveragePool pool => new AveragePoolKernel<T>(
                new PoolGeometry(pool.Kernel, pool.Stride, pool.Padding, inputs[0], output), pool.CountsPadding),
            GlobalAveragePool => new GlobalAveragePoolKernel<T>(inputs[0]),
            GlobalMaxPool => new GlobalMaxPoolKernel<T>(inputs[0]),
            Upsample upsample => new UpsampleKernel<T>(inputs[0], upsample.Factor),
            SpaceToDepth blocks => new SpaceToDepthKernel<T>(inputs[0], blocks.BlockSize, blocks.ColumnsFirst),
            Reorg reorg => new GatherKernel<T>(inputs[0], reorg.SourceIndexes(inputs[0]), output.Channels),
            CenterCrop crop => new GatherKernel<T>(inputs[0], GatherKernel<T>.Middle(inputs[0], output), output.Channels)
            {
                Scale = T.CreateTruncating(crop.Scale),
                Offset = T.CreateTruncating(crop.Offset),
            },
            LocalConvolution local => new LocalConvolutionKernel<T>(local, inputs[0], output),
            ChannelShuffle shuffle => new ChannelShuffleKernel<T>(inputs[0], shuffle.Groups),
            Linear linear => new LinearKernel<T>(linear),
            Softmax => new SoftmaxKernel<T>(inputs[0]),
            ChannelNormalization { Kind: ChannelNormalizationKind.Sum } => new SumNormalizationKernel<T>(inputs[0]),
            ChannelNormalization normalization => new SoftmaxKernel<T>(inputs[0], normalization.Kind),
            Transpose transpose => new TransposeKernel<T>(inputs[0], transpose.Order),
            _ => throw new NotSupportedException(
                $"{node}: the managed engine does not run its operation, {node.Operation.Name}."),
        };
    }

    // The contracts compare heights and widths alone, which leaves out the further axes of a value of rank 4 or more.
    private static void CheckAxes(Node node, Shape[] inputs)
    {
        bool agrees = node.Operation switch
        {
            Concat => inputs.All(shape => shape.ElementsPerChannel == inputs[0].ElementsPerChannel),
            Multiply => inputs[1].ElementsPerChannel == 1 || inputs[1].ElementsPerChannel == inputs[0].ElementsPerChannel,
            _ => true,
        };
        if (!agrees)
        {
            throw new NotSupportedException($"{node}: its inputs {string.Join(" and ", inputs)} differ in an axis beyond the third.");
        }
    }
}
