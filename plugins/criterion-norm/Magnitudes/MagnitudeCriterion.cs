using System.Collections.Immutable;
using PluginPrune.Contracts.Groups;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionNorm.Magnitudes;

/// <summary>
/// A filter with small weights makes a weak map: L1 as in Li et al. 2017 ('Pruning filters for efficient ConvNets', section 3.1),
/// L2 as in He et al. 2018 ('Soft filter pruning', section 3.2). Biases do not count.
/// </summary>
internal sealed class MagnitudeCriterion(FilterOptions options, FilterNorm norm) : FilterCriterion(options)
{
    /// <inheritdoc />
    protected override void Score(ImmutableArray<GroupMember> members, double[][] scores, CancellationToken cancellationToken) =>
        Parallel.For(0, members.Length, new ParallelOptions { CancellationToken = cancellationToken }, index =>
        {
            WeightMatrix matrix = WeightMatrix.Of(members[index].Layer.Operation)!.Value;
            ReadOnlySpan<float> weights = matrix.Weight.Floats;
            double[] filters = new double[matrix.Rows];
            for (int row = 0; row < filters.Length; row++)
            {
                ReadOnlySpan<float> filter = weights.Slice(row * matrix.Columns, matrix.Columns);
                filters[row] = norm == FilterNorm.L1 ? VectorSums.OfMagnitudes(filter) : Math.Sqrt(VectorSums.OfSquares(filter));
            }

            scores[index] = Finish(members[index], filters);
        });
}
