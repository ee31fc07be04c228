using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.CriterionBn.BnMean;

/// <summary>
/// Scores a residual block by the mean |gamma| of the last batch norm of its branch, the one whose output is added: near 0,
/// the block adds almost nothing.
/// </summary>
internal sealed class BnMeanCriterion : IBlockCriterion
{
    /// <inheritdoc />
    public double? Score(Network network, ResidualBlock block)
    {
        if (block.Branch.LastOrDefault(static node => node.Operation is BatchNorm) is not { Operation: BatchNorm norm })
        {
            return null;
        }

        double sum = 0;
        foreach (float gamma in norm.Gamma.Floats)
        {
            sum += Math.Abs(gamma);
        }

        return sum / norm.Gamma.Count;
    }
}
