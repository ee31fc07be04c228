using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Selection;

/// <summary>
/// Another criterion judges, and each part of the network goes at its own rate, ranked by itself. A group that spans two parts belongs
/// to that of its first layer; what no part holds stays whole.
/// </summary>
/// <param name="inner">The other criterion.</param>
/// <param name="rates">The parts' rates.</param>
/// <param name="chosen">The inner criterion's options that somebody chose: its own rate must not be among them. Null where that is not known.</param>
internal sealed class PartCriterion(IPruningCriterion inner, PartRates rates, IReadOnlySet<string>? chosen) : IPruningCriterion
{
    /// <summary>What the rates are called where one is reported.</summary>
    public const string Option = "rate";

    /// <summary>The other criterion.</summary>
    public IPruningCriterion Inner => inner;

    /// <summary>The inner criterion's option that these rates stand in place of, once it has decided; null where it has none.</summary>
    public string? Replaced { get; private set; }

    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ChannelDecision decision = inner.Decide(context, cancellationToken);
        SelectionRate rate = decision.Rate ?? throw new PlanException("Rates for parts of the network need a criterion with a rate; this one makes its own choice.");
        if (rate.Option is { } option && chosen?.Contains(option) == true)
        {
            throw new PlanException($"--{Option} says how much goes of each part, and --{option} of all together. Leave one of them.");
        }

        Replaced = rate.Option;
        int[] partOf = FindParts(context);
        return ChannelDecision.FromRate(new SelectionRate(rates.Largest, Option) { Format = largest => rates.At(largest).ToString() }, Choose);

        ChannelDecision Choose(double largest)
        {
            ImmutableArray<bool>[] masks = [.. context.Groups.Select(static group => Enumerable.Repeat(true, group.Size).ToImmutableArray())];
            PartRates now = rates.At(largest);
            for (int part = 0; part < now.All.Length; part++)
            {
                ChannelMasks ofPart = SelectAt(context, decision, now.All[part].Rate, group => partOf[group.Index] == part);
                foreach (ChannelGroup group in context.Groups.Where(group => partOf[group.Index] == part))
                {
                    masks[group.Index] = ofPart[group];
                }
            }

            return ChannelDecision.FromMasks(new ChannelMasks(masks), decision.Scores).WithNotes(decision.Rule is null ? [] : decision.Notes);
        }
    }

    private static ChannelMasks SelectAt(PruningContext context, ChannelDecision decision, double rate, Func<ChannelGroup, bool> isInPart) => decision.Rule is { } rule
        ? context.Services.Select(context, ChannelDecision.FromScores([.. decision.Scores.Where(score => isInPart(score.Group))], rule with { Rate = rate }))
        : context.Services.Select(context, decision.At(rate));

    /// <summary>For each group the index of its part, or -1.</summary>
    private int[] FindParts(PruningContext context)
    {
        var parts = new NetworkParts(context.Network);
        foreach (PartRate part in rates.All.Where(part => !parts.Has(part.Part)))
        {
            string nearest = string.Join(" or ", parts.NearestTo(part.Part).Select(static name => $"'{name}'"));
            string known = string.Join(" and ", parts.Names.Select(static name => $"'{name}'"));
            throw new PlanException(
                $"'{context.Network.Name}' has no part '{part.Part}'.{(nearest.Length > 0 ? $" Did you mean {nearest}?" : string.Empty)} {(known.Length > 0 ? $"It has {known} ({parts.Describe()})" : "Its file names no parts, and with fewer than two heads none can be told apart")}; layers, ranges of them such as 0-9, and patterns such as *.cv1 are parts too.");
        }

        int[] found = new int[context.Groups.Length];
        foreach (ChannelGroup group in context.Groups)
        {
            string layer = group.Members[0].Layer.Origin.Layer;
            int[] holding = [.. Enumerable.Range(0, rates.All.Length).Where(i => parts.Holds(rates.All[i].Part, layer))];
            found[group.Index] = holding.Length < 2
                ? holding.FirstOrDefault(-1)
                : throw new PlanException($"Layer {layer} is in {rates.All[holding[0]].Part} and in {rates.All[holding[1]].Part}, which have rates of their own. Name each layer once.");
        }

        RefuseIdle(context, parts, found);
        return found;
    }

    /// <summary>A rate that nothing can go by would be passed over in silence.</summary>
    private void RefuseIdle(PruningContext context, NetworkParts parts, int[] partOf)
    {
        for (int i = 0; i < rates.All.Length; i++)
        {
            (string part, double rate) = rates.All[i];
            if (rate == 0 || context.Groups.Any(group => partOf[group.Index] == i && !group.IsLocked))
            {
                continue;
            }

            // Tied layers go by the first of them, which another part may hold, or none.
            ChannelGroup? locked = context.Groups.FirstOrDefault(group => partOf[group.Index] == i);
            ChannelGroup? tied = context.Groups.FirstOrDefault(group => group.Members.Any(member => parts.Holds(part, member.Layer.Origin.Layer)));
            string reason = locked?.LockOf(0)
                ?? (tied is null ? "none of its layers makes channels" : $"its layers are tied to layer {tied.Members[0].Layer.Origin.Layer} and go as that goes");
            throw new PlanException($"Of '{part}' nothing can go, and it has the rate {FormattableString.Invariant($"{rate:0.####}")}: {reason}. Name other layers, or leave it out.");
        }
    }
}
