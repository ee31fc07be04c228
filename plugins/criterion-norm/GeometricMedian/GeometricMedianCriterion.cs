using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm.GeometricMedian;

/// <summary>
/// Filter pruning via geometric median (He et al. 2019, equation 7): a filter's score is the sum of its Euclidean distances to
/// all others of its layer, signs of the weights included. The lowest lies nearest to the median, where the rest can stand in
/// for it. In grouped and depthwise layers too the filters of all groups are compared, whatever they read.
/// </summary>
internal sealed class GeometricMedianCriterion(FilterOptions options) : FilterCriterion(options)
{
    /// <inheritdoc />
    protected override void Score(ImmutableArray<GroupMember> members, double[][] scores, CancellationToken cancellationToken)
    {
        // Layer after layer, each on all processors: a few large ones are most of the work.
        var sums = new DistanceSums(DotKernel.Best);
        for (int i = 0; i < members.Length; i++)
        {
            WeightMatrix matrix = WeightMatrix.Of(members[i].Layer.Operation)!.Value;
            scores[i] = Finish(members[i], sums.Of(matrix, cancellationToken));
        }
    }
}
