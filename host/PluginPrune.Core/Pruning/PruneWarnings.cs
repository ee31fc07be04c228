using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;

namespace PluginPrune.Core.Pruning;

/// <summary>What a plan does that its user will want to know before the accuracy shows it.</summary>
internal static class PruneWarnings
{
    private const double ThinShare = 0.02;
    private const int Shown = 8;

    // A network that ignores the picture scores 1. Of yolo-fastest-1.1's 84 boxes on six photos 73 were left at 0.48, none at 1.67.
    private const double DeadShare = 1;

    public static IEnumerable<string> Of(
        NetworkCost before, NetworkCost after, PlanResult result, IPruningCriterion? criterion, SurgeryResult surgery, VerificationReport? verification, RecalibrationReport? fitted) =>
    [
        .. Nothing(before, after, result, criterion), .. Thin(before, after, criterion), .. Cliff(result.Round is null ? result.Decision : null), .. Losses(surgery.Losses), .. Inexact(surgery.InexactAtBorder),
        .. Dead(verification, fitted),
    ];

    private static IEnumerable<string> Nothing(NetworkCost before, NetworkCost after, PlanResult result, IPruningCriterion? criterion)
    {
        if (before.Channels != after.Channels || result.Plan.RemovedBlocks.Length > 0)
        {
            yield break;
        }

        yield return result switch
        {
            { Rate: 0 } => "Nothing goes: the network is within the budget as it is.",
            { Decision: not null } when result.Plan.Analysis.Groups.All(static group => group.IsLocked) =>
                "Nothing goes: every channel is held by what must stay as it is, a head, an output, --keep or an operation that is not known. 'host inspect' tells which.",
            { Curves: { Drop: { } drop, Document.Metric.Metric.Name: var metric } } =>
                $"Nothing goes: already at the smallest rate that was measured {metric} drops by more than {CurveAllowance.Text(drop)}, whichever group it is. Allow more with --max-drop, or measure smaller rates.",
            { Decision: { Rule: not null, Scores.IsDefaultOrEmpty: true } } => "Nothing goes: the criterion found nothing in any layer to judge it by, as slim does where there is no batch norm. Name another that looks at weights, such as l1.",
            { Decision.Rate.Value: > 0 } => $"Nothing goes: ties, floors and --round-to brought every channel back. Raise the rate{(CriterionOption.Of(criterion, CriterionOption.Coupling) is { } coupling ? $", let tied layers agree otherwise ({coupling})" : string.Empty)}, or lower --round-to.",
            _ => "Nothing goes: no channel and no block was asked for.",
        };
    }

    private static IEnumerable<string> Dead(VerificationReport? verification, RecalibrationReport? fitted)
    {
        if (verification?.Change.OfWhatVaries is not ({ } change and > DeadShare))
        {
            yield break;
        }

        // What is fitted to pictures may do well on such, and worse than before on the generated one: yolo-fastest-1.1-xl, pruned by slim at 0.3,
        // changes by 192 % as it is, by 277 % recalibrated and by 134 % reconstructed, with an mAP@0.5 of 0.282, 0.304 and 0.362 (whole: 0.431).
        string changed = change.ToString("P0", CultureInfo.InvariantCulture);
        yield return fitted is null
            ? $"Of what the outputs tell of a picture, {changed} changed: such a network may detect little or nothing until it is fine-tuned; 'host eval' tells. Find its weights anew on pictures (--reconstruct), prune less, or train sparse first."
            : $"Of what the outputs tell of a generated picture, {changed} changed. On pictures like those that the network was fitted to it may be less; 'host eval' tells. Where it detects too little, {(fitted.Weights is not null ? string.Empty : "find its weights anew (--reconstruct), ")}prune less, or train sparse first.";
    }

    private static IEnumerable<string> Thin(NetworkCost before, NetworkCost after, IPruningCriterion? criterion)
    {
        var whole = before.Layers.ToDictionary(static layer => layer.Layer, StringComparer.Ordinal);
        string[] thin =
        [
            .. after.Layers
                .Where(layer => layer.Parameters > 0 && layer.Channels < ThinShare * whole[layer.Layer].Channels)
                .Select(layer => string.Create(CultureInfo.InvariantCulture, $"{layer.Layer} ({layer.Channels} of {whole[layer.Layer].Channels})")),
        ];
        if (thin.Length > 0)
        {
            yield return $"Under 2 % of the channels are left in layer {string.Join(", ", thin.Take(Shown))}{(thin.Length > Shown ? $" and {thin.Length - Shown} more" : string.Empty)}: such a layer passes almost nothing on. Prune less{(CriterionOption.Of(criterion, CriterionOption.Floor) is { } floor ? $", or raise the floor that the criterion keeps ({floor})" : string.Empty)}.";
        }
    }

    private static IEnumerable<string> Cliff(ChannelDecision? decision)
    {
        if (decision?.Rule is { } rule && rule.ComparesLayers() && new EnergyCurve(DecidingScores.Of(decision.Scores, rule.Coupling)) is var curve && curve.FindSafeRate(rule.Rate) is { } safe)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The rate {rule.Rate:0.###} sits on a cliff: it takes {curve.At(rule.Rate):P1} of the scores' energy, two points more would take {curve.At(Math.Min(1, rule.Rate + 0.02)):P1}. Safe is {safe:0.###}.");
        }
    }

    private static IEnumerable<string> Inexact(ImmutableArray<Node> layers)
    {
        string[] names = [.. layers.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            yield return $"Folding is not exact at the border of layer {string.Join(", ", names)}: of the channels that it reads none goes that could have stayed as a constant.";
        }
    }

    private static IEnumerable<string> Losses(ImmutableArray<FoldingLoss> losses) =>
        losses.Select(static loss => string.Create(
            CultureInfo.InvariantCulture,
            $"What dropped channels or blocks contributed (rms {loss.Magnitude:G3}) is lost at {loss.Place}: it cannot be moved past it. Fine-tuning makes up for it."));
}
