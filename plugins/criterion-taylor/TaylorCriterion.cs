using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionTaylor;

/// <summary>
/// The importance of Molchanov et al. (2019, 'Importance Estimation for Neural Network Pruning', section 3): the square of what the loss
/// would change by, to first order, without a channel, a mean over batches; see <see cref="ChannelMeasureKind"/>.
/// </summary>
/// <remarks>
/// A layer's score is the root of its importance, a change of the loss: so the coupling L2 ranks tied layers by the sum of their
/// importances, as published for what additions tie, and scores of single layers and of tied ones compare. Not the mean: an element
/// that many layers give to is dropped in all of them. Layers without a batch norm are judged by their filters, and for gates
/// by their bias too; what has no filters follows those that it is tied to.
/// </remarks>
internal sealed class TaylorCriterion(TaylorOptions options) : IPruningCriterion
{
    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        (ChannelGroup Group, GroupMember Member, ChannelMeasure Measure)[] judged =
        [
            .. from ChannelGroup wanted in context.Groups
               where !wanted.IsLocked
               from GroupMember layer in wanted.Members
               let measure = MeasureOf(layer)
               where measure is not null
               select (wanted, layer, measure),
        ];
        if (judged.Length == 0)
        {
            return ChannelDecision.FromScores([], options.Rule);
        }

        ImmutableArray<double[]> importances = context.Services.Measure(
            context,
            new ChannelMeasurement([.. judged.Select(static entry => entry.Measure)], options.TaylorPictures) { BatchSize = options.TaylorBatch },
            cancellationToken);
        return ChannelDecision.FromScores([.. judged.Select((entry, i) => new MemberScores(entry.Group, entry.Member, Scores(entry.Member, importances[i])))], options.Rule);
    }

    private static double[] Scores(GroupMember member, double[] importances)
    {
        double[] scores = new double[member.Channels.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Sqrt(importances[member.Channels[i]]);
        }

        return scores;
    }

    /// <summary>What is measured of a layer; null where it has nothing of that.</summary>
    private ChannelMeasure? MeasureOf(GroupMember member)
    {
        Node? filters = WeightMatrix.Of(member.Layer.Operation) is null ? null : member.Layer;
        return (options.TaylorOf, member.BatchNorm) switch
        {
            (TaylorForm.Gates, { Operation: BatchNorm } norm) => new ChannelMeasure(norm.Id, ChannelMeasureKind.TaylorGates),
            (TaylorForm.Scales, { Operation: BatchNorm } norm) => new ChannelMeasure(norm.Id, ChannelMeasureKind.TaylorScales),
            (TaylorForm.Gates, _) when filters is not null => new ChannelMeasure(filters.Id, ChannelMeasureKind.TaylorGates),
            _ when filters is not null => new ChannelMeasure(filters.Id, ChannelMeasureKind.TaylorFilters),
            _ => null,
        };
    }
}
