using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>The largest in a window, on the processor. Where it lies is found again on the way back: noting it takes more memory than the map.</summary>
internal sealed class MaxPoolTraining(MaxPool pool) : TrainingCall
{
    public override bool KeepsInputs => true;

    public override bool KeepsOutput => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        Tensor output = Pools.MaximumOnProcessor(inputs[0], pool);
        turn.Keep(inputs[0]);
        turn.Keep(output);
        return output;
    }

    public override void Backward(Tensor gradient, BackwardTurn turn) =>
        turn.Give(0, torch.gradients.MaxPoolBackward(
            gradient, turn.Kept[0], turn.Kept[1], Pools.Pair(pool.Kernel), Pools.Pair(pool.Stride), Shuffles.Around(pool.Padding)));
}
