using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>Channels of zeros around those of the input.</summary>
internal sealed class ChannelPaddingTraining(Shape input, ChannelPadding padding) : TrainingCall
{
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn) => Shuffles.PadChannels(inputs[0], input, padding);

    public override void Backward(Tensor gradient, BackwardTurn turn) =>
        turn.Give(0, gradient.narrow(1, padding.Before, input.Channels), isExclusive: false);
}
