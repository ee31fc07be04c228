using System.Globalization;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Plugins;

/// <summary>A block criterion whose failures bear its plugin's name and whose scores are checked.</summary>
/// <param name="inner">The plugin's criterion.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedBlockCriterion(IBlockCriterion inner, ContributionInfo contribution) : IBlockCriterion
{
    /// <summary>The plugin's criterion.</summary>
    public IBlockCriterion Inner { get; } = inner;

    /// <summary>Whose it is.</summary>
    public ContributionInfo Contribution { get; } = contribution;

    /// <inheritdoc />
    /// <exception cref="PluginException">The criterion threw, or its score is not a finite number.</exception>
    public double? Score(Network network, ResidualBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        double? score = PluginGuard.Call(Contribution, $"Scoring the block at {block.Junction}", () => Inner.Score(network, block));
        if (score is { } value && !double.IsFinite(value))
        {
            throw new PluginException(
            [
                PluginGuard.Breach(Contribution, DiagnosticCodes.ScoreNotFinite, string.Create(CultureInfo.InvariantCulture, $"scored the block at {block.Junction} {value}; a finite number is wanted, or null")),
            ]);
        }

        return score;
    }
}
