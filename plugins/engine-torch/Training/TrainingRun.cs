using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Training.Calls;
using PluginPrune.EngineTorch.Training.Planning;

namespace PluginPrune.EngineTorch.Training;

/// <summary>One batch's way there and back, and all that is kept in between.</summary>
internal sealed class TrainingRun(TrainingPlan plan, int size) : IDisposable
{
    private readonly List<Tensor>?[] _kept = new List<Tensor>?[plan.Steps.Length];

    public TrainingPlan Plan => plan;

    /// <summary>How many pictures.</summary>
    public int Size => size;

    /// <summary>Computes the values wanted.</summary>
    /// <param name="inputs">One tensor an input, which become the run's.</param>
    /// <param name="draw">How many batches were computed before.</param>
    /// <param name="cancellationToken">Looked at before each call.</param>
    /// <returns>The results in the plan's order, of the innermost scope.</returns>
    public Tensor[] Forward(Tensor[] inputs, long draw, CancellationToken cancellationToken)
    {
        var slots = new Tensor?[plan.Wanted.Length];
        inputs.CopyTo(slots, 0);
        for (int i = 0; i < plan.Steps.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrainingStep step = plan.Steps[i];
            var read = new Tensor[step.Inputs.Length];
            for (int j = 0; j < read.Length; j++)
            {
                read[j] = slots[step.Inputs[j]]!;
            }

            _kept[i] = step.IsKept ? [] : null;
            slots[step.Output] = step.Call.Forward(read, new ForwardTurn(step.MayOverwrite, _kept[i], draw));
            foreach (int slot in step.Released)
            {
                slots[slot]!.Dispose();
                slots[slot] = null;
            }
        }

        return [.. plan.Results.Select(result => slots[result.Slot]!)];
    }

    /// <summary>Adds to the parameters' gradients, and forgets what was kept.</summary>
    /// <param name="gradients">By the results, in their order; null where there is none. They become the run's.</param>
    /// <param name="cancellationToken">Looked at before each call.</param>
    public void Backward(Tensor?[] gradients, CancellationToken cancellationToken)
    {
        using var bySlot = new SlotGradients(plan.Wanted);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient)
            {
                bySlot.Add(plan.Results[i].Slot, gradient, isExclusive: true);
            }
        }

        for (int i = plan.Steps.Length - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TrainingStep step = plan.Steps[i];
            if (_kept[i] is not { } kept)
            {
                continue;
            }

            using Tensor? gradient = bySlot.Take(step.Output, out bool isExclusive);
            if (gradient is not null)
            {
                step.Call.Backward(gradient, new BackwardTurn(isExclusive, kept, step.Inputs, bySlot));
            }

            Forget(i);
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            Forget(i);
        }
    }

    private void Forget(int step)
    {
        foreach (Tensor tensor in _kept[step] ?? [])
        {
            tensor.Dispose();
        }

        _kept[step] = null;
    }
}
