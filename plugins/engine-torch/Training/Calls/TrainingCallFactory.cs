using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>Finds how a node is trained.</summary>
/// <param name="network">The network at the size that is run.</param>
/// <param name="parameters">Its tensors.</param>
/// <param name="options">How to compute.</param>
internal sealed class TrainingCallFactory(Network network, ParameterSet parameters, TrainingOptions options)
{
    /// <summary>The call, or null where the node's value is its input under another name.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    public TrainingCall? Create(Node node)
    {
        Shape[] inputs = [.. node.Inputs.Select(network.ShapeOf)];
        Shape output = network.ShapeOf(node.Id);
        CallFactory.CheckAxes(node, inputs);
        return node.Operation switch
        {
            Identity or Dropout { Probability: <= 0 } or Activation { Kind: ActivationKind.Linear } => null,
            Concat when inputs.Length == 1 => null,
            Convolution convolution => new ConvolutionTraining(
                convolution, parameters[node, "weight"], parameters.Find(node.Id, "bias"), options.IsHalf),
            BatchNorm norm => Norm(node, norm, slope: 1),
            Activation activation when Slope(activation) is { } slope => new SlopeTraining(slope),
            Activation activation => new RecordedTraining(x => torch.gradients.Activate(x, activation.Kind, activation.Slope)),
            Linear => LinearLayer(node),
            LocalConvolution local => new RecordedTraining(
                [parameters[node, "weight"], parameters[node, "bias"]], Typed(all => LocalConvolutionCall.Compute(local, output, all[0], all[1], all[2]))),
            Add => new AddTraining(inputs.Length),
            Multiply => Product(inputs[0], inputs[1]),
            Concat => new ConcatTraining([.. inputs.Select(static shape => shape.Channels)]),
            Split split => new ChannelsTraining(inputs[0], split.Index * output.Channels, output.Channels),
            Slice slice => new ChannelsTraining(inputs[0], slice.Start, slice.Length),
            ChannelPadding padding => new ChannelPaddingTraining(inputs[0], padding),
            Reshape or Flatten => new ReshapeTraining(inputs[0], output),
            Transpose transpose => new RecordedTraining(x => Shuffles.Transpose(x, transpose)),
            MaxPool pool when options.Device.IsCuda => new RecordedTraining(x => Pools.Maximum(x, pool)),
            MaxPool pool => new MaxPoolTraining(pool),
            AveragePool pool => new RecordedTraining(x => Pools.AverageOf(x, pool, inputs[0], new Placement(options.Device, ScalarType.Float32))),
            GlobalAveragePool => new GlobalAverageTraining(inputs[0]),
            GlobalMaxPool => new RecordedTraining(static x => x.amax(2, 3)),
            Upsample upsample => new RecordedTraining(x => Shuffles.Upsample(x, inputs[0], upsample.Factor)),
            SpaceToDepth blocks => new RecordedTraining(x => Shuffles.SpaceToDepth(x, inputs[0], blocks)),
            Reorg reorg => new RecordedTraining(x => Shuffles.Reorg(x, inputs[0], reorg.Stride)),
            CenterCrop crop => new RecordedTraining(x => Crop(x, inputs[0], crop)),
            ChannelShuffle shuffle => new RecordedTraining(x => Shuffles.Regroup(x, inputs[0], shuffle.Groups)),
            Softmax => new RecordedTraining(static x => torch.nn.functional.softmax(x, 1)),
            Dropout dropout => new DropoutTraining(dropout.Probability, output, network.IndexOf(node.Id), options.Seed, options.Device),
            ChannelNormalization normalization => new RecordedTraining(x => torch.gradients.Normalize(x, normalization.Kind)),
            _ => throw new NotSupportedException($"{node}: the torch engine does not train its operation, {node.Operation.Name}."),
        };
    }

    /// <summary>A batch norm and the activation behind it as one call, or null where they are two.</summary>
    public TrainingCall? Join(Node node, BatchNorm norm, Activation activation) =>
        IsOwn(node) && Slope(activation) is { } slope ? Norm(node, norm, slope) : null;

    /// <summary>The same with the pool behind both.</summary>
    public TrainingCall? Join(Node node, BatchNorm norm, Activation activation, MaxPool pool) =>
        IsOwn(node)
        && Slope(activation) is { } slope
        && pool.Padding == default
        && pool.Stride.Height >= pool.Kernel.Height
        && pool.Stride.Width >= pool.Kernel.Width
            ? new NormTraining(node, norm, slope, pool, parameters, options.NormMomentum)
            : null;

    // The slope below 0 of functions whose result has their argument's sign or is 0; above 0 it is 1.
    private static double? Slope(Activation activation) => activation.Kind switch
    {
        ActivationKind.Relu => 0,
        ActivationKind.LeakyRelu when activation.Slope >= 0 => activation.Slope,
        ActivationKind.Relie => 0.01,
        _ => null,
    };

    private static RecordedTraining Product(Shape value, Shape factor)
    {
        Shape shape = CallFactory.FittingShape(value, factor);
        return new RecordedTraining([], all =>
        {
            using Tensor fitting = Shuffles.Reshape(all[1], shape);
            return all[0].mul(fitting);
        });
    }

    private static Tensor Crop(Tensor x, Shape input, CenterCrop crop)
    {
        Tensor middle = Shuffles.Crop(x, input, crop.Size);
        if (crop is { Scale: 1, Offset: 0 })
        {
            return middle;
        }

        using (middle)
        {
            return middle.clone().mul_(crop.Scale).add_(crop.Offset);
        }
    }

    private RecordedTraining LinearLayer(Node node) => parameters.Find(node.Id, "bias") is { } bias
        ? new RecordedTraining([parameters[node, "weight"], bias], Typed(static all => torch.nn.functional.linear(all[0], all[1], all[2])))
        : new RecordedTraining([parameters[node, "weight"]], Typed(static all => torch.nn.functional.linear(all[0], all[1], bias: null)));

    // Products take no mixture of precisions, and what comes from a convolution is in half precision where that is asked for.
    private Computation Typed(Computation compute) => options.IsHalf
        ? all =>
        {
            var halves = new Tensor[all.Length];
            for (int i = 0; i < halves.Length; i++)
            {
                halves[i] = all[i].half();
            }

            Tensor result = compute(halves);
            foreach (Tensor half in halves)
            {
                half.Dispose();
            }

            return result;
        }
    : compute;

    // What the bridge normalizes itself: maps and vectors on the processor.
    private bool IsOwn(Node node) => !options.Device.IsCuda && network.ShapeOf(node.Id).Rank is (1 or 3);

    private TrainingCall Norm(Node node, BatchNorm norm, double slope)
    {
        if (IsOwn(node))
        {
            return new NormTraining(node, norm, slope, pool: null, parameters, options.NormMomentum);
        }

        Parameter mean = parameters[node, "mean"];
        Parameter variance = parameters[node, "variance"];
        Parameter gamma = parameters[node, "gamma"];
        return new RecordedTraining([gamma, parameters[node, "beta"]], all => new Tensor(Shim.pp_batch_norm_train(
            all[0].Handle,
            mean.Value.Handle,
            variance.Value.Handle,
            all[1].Handle,
            all[2].Handle,
            options.NormMomentum ?? 0,
            norm.Epsilon,
            gamma.IsTrained && options.NormMomentum is not null ? 1 : 0)));
    }
}
