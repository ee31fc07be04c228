using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Numerics;

namespace PluginPrune.CriterionNorm.Chance;

/// <summary>
/// Draws a number from 0 to below 1 for each element of a group: which channels go means nothing, and a criterion must be worth
/// more than this. Tied layers share their elements' numbers, else a union would keep nearly everything.
/// </summary>
internal sealed class RandomCriterion(RandomOptions options) : IPruningCriterion
{
    /// <inheritdoc />
    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ulong seed = SeededRandom.Mix((ulong)context.Seed);
        return ChannelDecision.FromScores([.. context.Groups.SelectMany(group => Draw(group, SeededRandom.Mix(seed ^ (ulong)group.Index)))], options.Rule);
    }

    private static IEnumerable<MemberScores> Draw(ChannelGroup group, ulong seed) => group.Members.Select(member => new MemberScores(
        group, member, [.. member.Elements.Select(element => SeededRandom.ToDouble(SeededRandom.Mix(seed ^ (ulong)element)))]));
}
