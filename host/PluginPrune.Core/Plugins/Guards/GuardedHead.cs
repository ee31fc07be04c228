using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Plugins;

/// <summary>A head whose failures bear its plugin's name and whose layout covers every channel.</summary>
/// <param name="inner">The plugin's head.</param>
/// <param name="contribution">Whose it is.</param>
public class GuardedHead(IHead inner, ContributionInfo contribution) : IHead
{
    /// <summary>The same head with its loss, or null where it has none.</summary>
    public ITrainableHead? Trainable => inner is ITrainableHead trainable ? new GuardedTrainableHead(trainable, contribution) : null;

    /// <summary>The same head where it learns from a teacher, or null where it does not.</summary>
    public IDistillableHead? Distillable => inner is IDistillableHead distillable ? new GuardedDistillableHead(distillable, contribution) : null;

    /// <summary>The same head where it can do with fewer classes, or null where it cannot.</summary>
    public ICroppableHead? Croppable => inner is ICroppableHead croppable ? new GuardedCroppableHead(croppable, contribution) : null;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input)
    {
        ArgumentNullException.ThrowIfNull(head);
        HeadLayout? layout = PluginGuard.Call<HeadLayout?, HeadException>(contribution, $"Describing {head.Id}", () => inner.Describe(head, input), CancellationToken.None);
        if (layout is null)
        {
            throw new PluginException([PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"returned no layout for {head.Id}")]);
        }

        return layout.Channels.Length == input.Channels
            ? layout
            : throw new PluginException(
                [PluginGuard.Breach(contribution, DiagnosticCodes.NothingReturned, $"described {layout.Channels.Length} channels of {head.Id}, which has {input.Channels}")]);
    }
}
