using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Chooses, for <see cref="FoldingMode.Exact"/>, which dropped elements stay as constants: few, so that every layer that sees
/// padding reads one. One element serves all layers that read its group.
/// </summary>
internal static class ConstantChannelChooser
{
    /// <param name="plan">A plan without constants.</param>
    /// <param name="rankOf">Of elements that serve equally well, the one of the lowest rank is taken; of equal ones the last.</param>
    public static ImmutableHashSet<ChannelElement> Choose(PruningPlan plan, Func<ChannelElement, double> rankOf)
    {
        BorderNeed[] needs = [.. new PlanFolding(plan).FindNeeds().Where(static need => need.Form != ChannelConstants.Odd)];
        if (needs.Length == 0)
        {
            return [];
        }

        var served = Servants(plan, needs);
        var open = new HashSet<int>(Enumerable.Range(0, needs.Length));
        var chosen = ImmutableHashSet.CreateBuilder<ChannelElement>();
        ChannelElement[] candidates =
            [.. served.Keys.OrderBy(static element => element.Group).ThenBy(rankOf).ThenByDescending(static element => element.Element)];
        while (open.Count > 0)
        {
            (ChannelElement best, int count) = (ChannelElement.Fixed, 0);
            foreach (ChannelElement candidate in candidates)
            {
                int serves = served[candidate].Count(open.Contains);
                (best, count) = serves > count ? (candidate, serves) : (best, count);
            }

            if (count == 0)
            {
                break;
            }

            chosen.Add(best);
            open.ExceptWith(served[best]);
        }

        return chosen.ToImmutable();
    }

    /// <summary>Which needs every dropped element could serve.</summary>
    private static Dictionary<ChannelElement, HashSet<int>> Servants(PruningPlan plan, BorderNeed[] needs)
    {
        // Every dropped element is tried as a constant at once: what they hold does not depend on each other.
        ImmutableHashSet<ChannelElement> dropped =
        [
            .. plan.Analysis.Groups.SelectMany(group =>
                Enumerable.Range(0, group.Size).Where(element => !plan.Masks[group][element]).Select(element => new ChannelElement(group.Index, element))),
        ];
        var trial = ConstantFolding.OfConstantChannels(
            new PruningPlan(plan.Network, plan.RemovedBlocks, plan.Analysis, ChannelMasks.All(plan.Analysis.Groups)) { Constants = dropped });
        var served = new Dictionary<ChannelElement, HashSet<int>>();
        for (int i = 0; i < needs.Length; i++)
        {
            BorderNeed need = needs[i];
            ImmutableArray<ChannelElement> elements = plan.Analysis.ElementsOf(plan.Analysis.Network[need.Layer.Id].Inputs[0]);
            if (trial.ConstantsOf(need.Layer.Inputs[0]) is not { } constants)
            {
                continue;
            }

            int width = elements.Length / (need.Layer.Operation is Convolution { Groups: var groups } ? groups : 1);
            for (int channel = need.Slice * width; channel < (need.Slice + 1) * width; channel++)
            {
                if (dropped.Contains(elements[channel]) && constants.Values[channel] != 0 && constants.FormOf(channel) == need.Form)
                {
                    if (!served.TryGetValue(elements[channel], out HashSet<int>? serves))
                    {
                        served.Add(elements[channel], serves = []);
                    }

                    serves.Add(i);
                }
            }
        }

        return served;
    }
}
