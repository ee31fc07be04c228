using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>An activation of two slopes, the lower one 0 or more: its result tells all that the way back needs.</summary>
internal sealed class SlopeTraining(double slope) : TrainingCall
{
    public override bool KeepsOutput => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        Tensor result = turn.MayOverwrite ? inputs[0].alias() : inputs[0].clone();
        result.leaky_relu_(slope);
        turn.Keep(result);
        return result;
    }

    public override void Backward(Tensor gradient, BackwardTurn turn) =>
        turn.Give(0, torch.gradients.LeakyBackward(gradient, turn.Kept[0], slope));
}
