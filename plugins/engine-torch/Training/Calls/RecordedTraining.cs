using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Calls;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>What is computed by ATen's functions, which record how gradients go back through them.</summary>
/// <param name="parameters">Tensors that the computation gets behind its inputs.</param>
/// <param name="compute">Makes one tensor of all, nothing in place.</param>
internal sealed class RecordedTraining(Parameter[] parameters, Computation compute) : TrainingCall
{
    public RecordedTraining(Func<Tensor, Tensor> compute)
        : this([], all => compute(all[0]))
    {
    }

    public override bool IsTrained => Array.Exists(parameters, static parameter => parameter.IsTrained);

    public override bool KeepsInputs => true;

    public override bool KeepsOutput => true;

    // The result may be a view.
    public override bool IsView => true;

    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        var all = new Tensor[inputs.Length + parameters.Length];
        for (int i = 0; i < all.Length; i++)
        {
            Tensor tensor = i < inputs.Length ? inputs[i] : parameters[i - inputs.Length].Value;
            all[i] = turn.IsKept ? turn.Own(tensor.Leaf()) : tensor.alias();
        }

        Tensor result = compute(all);
        if (!turn.IsKept)
        {
            foreach (Tensor tensor in all)
            {
                tensor.Dispose();
            }

            return result;
        }

        turn.Own(result);
        return result.detach();
    }

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        turn.Kept[^1].backward(gradient);
        int inputs = turn.Kept.Count - 1 - parameters.Length;
        for (int i = 0; i < turn.Kept.Count - 1; i++)
        {
            if (turn.Kept[i].grad() is not { } found)
            {
                continue;
            }

            if (i < inputs)
            {
                // Two leaves may share one gradient's memory.
                turn.Give(i, found, isExclusive: false);
                continue;
            }

            using (found)
            {
                if (parameters[i - inputs].IsTrained)
                {
                    parameters[i - inputs].AddGradient(found);
                }
            }
        }
    }
}
