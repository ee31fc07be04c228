using System.Numerics;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>A head that learns from a teacher, whose failures bear its plugin's name and whose gradients have their value's shape.</summary>
/// <param name="inner">The plugin's head.</param>
/// <param name="contribution">Whose it is.</param>
internal sealed class GuardedDistillableHead(IDistillableHead inner, ContributionInfo contribution) : GuardedHead(inner, contribution), IDistillableHead
{
    private readonly IDistillableHead _inner = inner;
    private readonly ContributionInfo _contribution = contribution;

    public HeadLoss<T> ComputeDistillation<T>(HeadDistillation<T> distillation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(distillation);
        HeadLoss<T>? loss = PluginGuard.Call<HeadLoss<T>?, HeadException>(
            _contribution, $"Comparing {distillation.Head.Id} with its teacher", () => _inner.ComputeDistillation(distillation), CancellationToken.None);
        return loss is { Terms.IsDefault: false, Gradient: { } gradient } && gradient.Size == distillation.Values.Size && gradient.Shape == distillation.Values.Shape
            ? loss
            : throw new PluginException(
                [PluginGuard.Breach(_contribution, DiagnosticCodes.NothingReturned, $"returned no loss, or a gradient of another shape than {distillation.Values.Size} x {distillation.Values.Shape}, for {distillation.Head.Id} and its teacher")]);
    }
}
