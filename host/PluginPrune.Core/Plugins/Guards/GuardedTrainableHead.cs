using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>A head with a loss, whose failures bear its plugin's name and whose gradients have their value's shape.</summary>
/// <param name="inner">The plugin's head.</param>
/// <param name="contribution">Whose it is.</param>
internal sealed class GuardedTrainableHead(ITrainableHead inner, ContributionInfo contribution) : GuardedHead(inner, contribution), ITrainableHead
{
    private readonly ITrainableHead _inner = inner;
    private readonly ContributionInfo _contribution = contribution;

    public HeadLoss<T> ComputeLoss<T>(Head head, Shape picture, Batch<T> values, IReadOnlyList<IReadOnlyList<TrainingTarget>> targets)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(values);
        HeadLoss<T>? loss = PluginGuard.Call<HeadLoss<T>?, HeadException>(
            _contribution, $"Computing the loss of {head.Id}", () => _inner.ComputeLoss(head, picture, values, targets), CancellationToken.None);
        return loss is { Terms.IsDefault: false, Gradient: { } gradient } && gradient.Size == values.Size && gradient.Shape.Equals(values.Shape)
            ? loss
            : throw new PluginException(
                [PluginGuard.Breach(_contribution, DiagnosticCodes.NothingReturned, $"returned no loss, or a gradient of another shape than {values.Size} x {values.Shape}, for {head.Id}")]);
    }
}
