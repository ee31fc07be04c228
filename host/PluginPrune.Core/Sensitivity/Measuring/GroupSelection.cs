using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// What a criterion would drop of one group if so much of the group had to go. Rates of criteria mean different things, and
/// where layers are tied a rate takes less than it says; here a share is a share of the channels that may go, for all alike.
/// </summary>
internal sealed class GroupSelection
{
    // Finer than one channel of any layer.
    private const int Steps = 24;

    // Masks of a criterion's own are made for the whole network each time.
    private const int StepsOfMasks = 10;

    private readonly PruningContext _context;
    private readonly ChannelDecision _decision;
    private readonly ILookup<int, MemberScores> _scores;
    private readonly Dictionary<double, ChannelMasks> _masks = [];
    private readonly Dictionary<(int Group, int Wanted), ImmutableArray<bool>> _known = [];

    /// <param name="context">The network.</param>
    /// <param name="decision">What the criterion decided for all of it.</param>
    /// <exception cref="PlanException">It has no rate.</exception>
    public GroupSelection(PruningContext context, ChannelDecision decision)
    {
        _context = context;
        _decision = decision.Rate is not null
            ? decision
            : throw new PlanException("The criterion makes one choice of its own for the whole network: nothing tells what it would take of one group at another rate. Name another with --criterion.");
        _scores = (decision.Scores.IsDefault ? [] : decision.Scores).ToLookup(static score => score.Group.Index);
    }

    /// <summary>Why nothing of a group can go by this criterion; null where something can.</summary>
    public string? WhyWhole(ChannelGroup group) =>
        group.IsLocked ? $"locked: {group.LockOf(0)}"
        : DroppedOf(MaskOf(group, 1)) == 0 ? "the criterion leaves it alone at every rate"
        : null;

    /// <summary>What stays of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="share">The share of its channels that goes, 0 to 1, rounded down to whole channels; floors and tied layers may keep more.</param>
    public ImmutableArray<bool> MaskAt(ChannelGroup group, double share)
    {
        // In decimal: 0.29 of 100 is 29, not the 28.999999999999996 of binary fractions.
        int wanted = (int)((decimal)share * Enumerable.Range(0, group.Size).Count(element => group.LockOf(element) is null));
        if (!_known.TryGetValue((group.Index, wanted), out ImmutableArray<bool> mask))
        {
            mask = Search(group, wanted);
            _known.Add((group.Index, wanted), mask);
        }

        return mask;
    }

    private static int DroppedOf(ImmutableArray<bool> mask) => mask.Count(static keep => !keep);

    /// <summary>Whatever the rate means to the criterion, the more of it the more goes.</summary>
    private ImmutableArray<bool> Search(ChannelGroup group, int wanted)
    {
        ImmutableArray<bool> mask = ImmutableArray.CreateRange(Enumerable.Repeat(true, group.Size));
        if (wanted == 0)
        {
            return mask;
        }

        ImmutableArray<bool> most = MaskOf(group, 1);
        if (DroppedOf(most) <= wanted)
        {
            return most;
        }

        double within = 0;
        double over = 1;
        int steps = _decision.Rule is null ? StepsOfMasks : Steps;
        for (int step = 0; step < steps && DroppedOf(mask) < wanted; step++)
        {
            double middle = (within + over) / 2;
            ImmutableArray<bool> next = MaskOf(group, middle);
            if (DroppedOf(next) <= wanted)
            {
                (within, mask) = (middle, next);
            }
            else
            {
                over = middle;
            }
        }

        return mask;
    }

    /// <summary>The group's mask at a rate of the criterion; of scores, as if it were the only group there is.</summary>
    private ImmutableArray<bool> MaskOf(ChannelGroup group, double rate)
    {
        if (_decision.Rule is { } rule)
        {
            return RuleSelector.SelectOne(_context, group, [.. _scores[group.Index]], rule with { Rate = rate });
        }

        if (!_masks.TryGetValue(rate, out ChannelMasks? masks))
        {
            masks = _context.Services.Select(_context, _decision.At(rate));
            _masks.Add(rate, masks);
        }

        return masks[group];
    }
}
