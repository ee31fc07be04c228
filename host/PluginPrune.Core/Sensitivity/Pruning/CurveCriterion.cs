using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Another criterion says which channels of a group go first; curves say how many of each group.</summary>
/// <param name="inner">The other criterion.</param>
/// <param name="allowance">The curves.</param>
/// <param name="chosen">The inner criterion's options that somebody chose: its own rate must not be among them. Null where that is not known.</param>
internal sealed class CurveCriterion(IPruningCriterion inner, CurveAllowance allowance, IReadOnlySet<string>? chosen) : IPruningCriterion
{
    private readonly Dictionary<string, GroupCurve> _curves = allowance.Document.Groups.ToDictionary(static curve => curve.Group, StringComparer.Ordinal);

    private CurveMetric Metric => allowance.Document.Metric;

    public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
    {
        ChannelDecision decision = inner.Decide(context, cancellationToken);
        if (decision.Rate?.Option is { } option && chosen?.Contains(option) == true)
        {
            throw new PlanException($"Curves say how much goes of each group, and --{option} of all together. Leave --{option}.");
        }

        var selection = new GroupSelection(context, decision);
        return allowance.Drop is { } drop
            ? Choose(curve => (curve.LargestWithin(Metric, drop)?.Rate ?? 0, CurveNotes.OfDrop(curve, Metric, drop)))
            : ChannelDecision.FromRate(
                new SelectionRate(1, "max-drop") { Format = step => CurveAllowance.Text(allowance.DropAt(step)) },
                step => Choose(curve => (allowance.RateAt(curve, step), CurveNotes.OfRate(curve, Metric, allowance.RateAt(curve, step)))));

        ChannelDecision Choose(Func<GroupCurve, (double Rate, string Why)> choose)
        {
            var masks = ImmutableArray.CreateBuilder<ImmutableArray<bool>>(context.Groups.Length);
            var notes = ImmutableArray.CreateBuilder<LayerNote>();

            // What a criterion of its own choice says is of its own rate, at which no group goes here.
            notes.AddRange(decision.Rule is null ? [] : decision.Notes);
            foreach (ChannelGroup group in context.Groups)
            {
                (double rate, string? why) = _curves.TryGetValue(group.Name, out GroupCurve? curve) ? choose(curve)
                    : (0, group.IsLocked ? null : "stays whole: there is no curve of it");
                masks.Add(selection.MaskAt(group, rate));
                if (why is not null)
                {
                    notes.Add(new LayerNote(group.Members[0].Layer, why));
                }
            }

            return ChannelDecision.FromMasks(new ChannelMasks(masks), decision.Scores).WithNotes(notes.ToImmutable());
        }
    }
}
