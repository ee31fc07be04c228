using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Calls;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>The same elements under another shape.</summary>
internal sealed class ReshapeTraining(Shape input, Shape output) : TrainingCall
{
    public override bool IsView => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn) => Shuffles.Reshape(inputs[0], output);

    public override void Backward(Tensor gradient, BackwardTurn turn) =>
        turn.Give(0, Shuffles.Reshape(gradient, input), isExclusive: false);
}
