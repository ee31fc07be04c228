using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>Finds the call of a node.</summary>
internal static class CallFactory
{
    /// <summary>The call, or null where the node's value is its input under another name.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public static Call? Create(Network network, Node node, Placement placement)
    {
        Shape[] inputs = [.. node.Inputs.Select(network.ShapeOf)];
        Shape output = network.ShapeOf(node.Id);
        CheckAxes(node, inputs);
        return node.Operation switch
        {
            Identity or Dropout or Activation { Kind: ActivationKind.Linear } => null,
            Concat when inputs.Length == 1 => null,
            Convolution convolution => new ConvolutionCall(convolution, norm: null, activation: null, placement),
            BatchNorm norm => new BatchNormCall(norm, placement),
            Activation activation => InPlace(Activations.Create(activation)),
            Linear linear => new LinearCall(linear, placement),
            LocalConvolution local => new LocalConvolutionCall(local, output, placement),
            Add => new InPlaceCall(static (sum, others) =>
            {
                foreach (Tensor other in others)
                {
                    sum.add_(other);
                }
            }),
            Multiply => Product(inputs[0], inputs[1]),
            Concat => new FunctionCall(static parts => torch.cat(parts, 1)),
            Split split => Channels(split.Index * output.Channels, output.Channels),
            Slice slice => Channels(slice.Start, slice.Length),
            ChannelPadding padding => new FunctionCall(x => Shuffles.PadChannels(x[0], inputs[0], padding)),
            Reshape or Flatten => new ViewCall(x => Shuffles.Reshape(x, output)),
            Transpose transpose => new ViewCall(x => Shuffles.Transpose(x, transpose)),
            MaxPool pool when placement.Device.IsCuda => new FunctionCall(x => Pools.Maximum(x[0], pool)),
            MaxPool pool => new FunctionCall(x => Pools.MaximumOnProcessor(x[0], pool)),
            AveragePool pool => Pools.Average(pool, inputs[0], placement),
            GlobalAveragePool => new FunctionCall(static x => x[0].mean(2, 3)),
            GlobalMaxPool => new FunctionCall(static x => x[0].amax(2, 3)),
            Upsample upsample => new ViewCall(x => Shuffles.Upsample(x, inputs[0], upsample.Factor)),
            SpaceToDepth blocks => new ViewCall(x => Shuffles.SpaceToDepth(x, inputs[0], blocks)),
            Reorg reorg => new ViewCall(x => Shuffles.Reorg(x, inputs[0], reorg.Stride)),
            CenterCrop crop => Crop(inputs[0], crop),
            ChannelShuffle shuffle => new ViewCall(x => Shuffles.ChannelShuffle(x, inputs[0], shuffle.Groups)),
            Softmax => new FunctionCall(static x => torch.nn.functional.softmax(x[0], 1)),
            ChannelNormalization normalization => InPlace(x => Normalizations.Apply(x, normalization.Kind)),
            _ => throw new NotSupportedException($"{node}: the torch engine does not run its operation, {node.Operation.Name}."),
        };
    }

    /// <summary>The shape of a factor, with the value's rank and one element where it is repeated.</summary>
    public static Shape FittingShape(Shape value, Shape factor)
    {
        int[] extents = [.. value.Dimensions];
        extents[0] = factor.Channels;
        if (factor.ElementsPerChannel == 1)
        {
            Array.Fill(extents, 1, 1, extents.Length - 1);
        }

        return new Shape(extents);
    }

    /// <summary>The contracts compare heights and widths alone, which leaves out the further axes of a value of rank 4 or more.</summary>
    /// <exception cref="NotSupportedException">Those differ.</exception>
    public static void CheckAxes(Node node, Shape[] inputs)
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

    private static InPlaceCall InPlace(Action<Tensor> change) => new((x, _) => change(x));

    private static ViewCall Channels(int start, int length) => new(x => x.narrow(1, start, length));

    private static InPlaceCall Product(Shape value, Shape factor)
    {
        Shape shape = FittingShape(value, factor);
        return new InPlaceCall((product, others) =>
        {
            using Tensor fitting = Shuffles.Reshape(others[0], shape);
            product.mul_(fitting);
        });
    }

    private static Call Crop(Shape input, CenterCrop crop)
    {
        if (crop is { Scale: 1, Offset: 0 })
        {
            return new ViewCall(x => Shuffles.Crop(x, input, crop.Size));
        }

        return new FunctionCall(x =>
        {
            using Tensor middle = Shuffles.Crop(x[0], input, crop.Size);
            return middle.clone().mul_(crop.Scale).add_(crop.Offset);
        });
    }
}
