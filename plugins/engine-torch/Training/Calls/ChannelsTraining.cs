using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>A range of channels.</summary>
internal sealed class ChannelsTraining(Shape input, int start, int length) : TrainingCall
{
    public override bool IsView => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn) => inputs[0].narrow(1, start, length);

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        long[] sizes = [gradient.shape[0], .. input.Dimensions.Select(static extent => (long)extent)];
        turn.Give(0, torch.gradients.NarrowBackward(gradient, sizes, start));
    }
}
