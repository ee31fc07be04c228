namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>A sum.</summary>
internal sealed class AddTraining(int count) : TrainingCall
{
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        Tensor sum = turn.MayOverwrite ? inputs[0].alias() : inputs[0].add(inputs[1]);
        foreach (Tensor other in inputs[(turn.MayOverwrite ? 1 : 2)..])
        {
            sum.add_(other);
        }

        return sum;
    }

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        for (int i = 0; i < count; i++)
        {
            turn.Give(i, gradient.alias(), isExclusive: false);
        }
    }
}
