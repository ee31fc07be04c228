using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>The mean of each channel.</summary>
internal sealed class GlobalAverageTraining(Shape input) : TrainingCall
{
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn) => inputs[0].mean(2, 3);

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        using Tensor share = gradient.clone();
        share.mul_(1.0 / input.ElementsPerChannel);
        turn.Give(0, share.expand(-1, -1, input.Height, input.Width), isExclusive: false);
    }
}
