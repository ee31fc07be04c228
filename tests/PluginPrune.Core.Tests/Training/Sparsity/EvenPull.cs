using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Tests.Training.Sparsity;

/// <summary>Pulls on all scales alike, up to a share of the training.</summary>
internal sealed class EvenPull(PenaltyMode mode, double until = 1) : ISparsityScheduler
{
    public SparsityPlan Plan(SparsityContext context)
    {
        float strength = context.Step < until * context.Steps ? (float)context.Strength : 0;
        return new SparsityPlan([.. context.Layers.Select(layer => new GammaPenalty(layer.BatchNorm, [.. layer.Gamma.Select(_ => strength)], [], mode))], 1);
    }
}
