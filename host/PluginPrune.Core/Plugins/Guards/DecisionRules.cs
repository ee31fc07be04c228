using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.Core.Plugins;

/// <summary>What a decision must be for the host to act on it.</summary>
internal static class DecisionRules
{
    public static PluginDiagnostic? FindBreach(ChannelDecision? decision, PruningContext context, ContributionInfo contribution)
    {
        if (decision is null)
        {
            return Breach(DiagnosticCodes.NothingReturned, $"returned null; a decision is wanted");
        }

        if (decision.Masks is null && decision.Rule is null)
        {
            return Breach(DiagnosticCodes.NothingReturned, $"returned neither a rule nor masks; one of them is wanted");
        }

        // Beside masks scores may be left out, even by a default that nobody filled.
        if (decision.Scores.IsDefault && decision.Masks is null)
        {
            return Breach(DiagnosticCodes.NothingReturned, $"returned a list of scores that was never made; a list is wanted, empty where nothing is scored");
        }

        return (decision.Rule is { } rule ? FindRuleBreach(rule) : null)
            ?? (decision.Masks is { } masks ? FindMaskBreach(masks, decision.Rate) : null)
            ?? FindScoresBreach(decision.Scores.IsDefault ? [] : decision.Scores)
            ?? FindNotesBreach(decision.Notes);

        PluginDiagnostic Breach(string code, FormattableString found) =>
            PluginGuard.Breach(contribution, code, found.ToString(CultureInfo.InvariantCulture));

        PluginDiagnostic? FindRuleBreach(SelectionRule rule)
        {
            if (!(rule.Rate is >= 0 and <= 1) || !(rule.LayerKeep is >= 0 and <= 1))
            {
                return Breach(DiagnosticCodes.RuleNotAllowed, $"returned a rule with a rate of {rule.Rate} and a layer floor of {rule.LayerKeep}; both are wanted from 0 to 1");
            }

            return Enum.IsDefined(rule.Range) && Enum.IsDefined(rule.Coupling)
                ? null
                : Breach(DiagnosticCodes.RuleNotAllowed, $"returned a rule with the range {rule.Range} and the coupling {rule.Coupling}, which this host does not know");
        }

        PluginDiagnostic? FindMaskBreach(ChannelMasks masks, SelectionRate? rate)
        {
            if (rate is { Value: not (>= 0 and <= 1) })
            {
                return Breach(DiagnosticCodes.RuleNotAllowed, $"chose at a rate of {rate.Value}; one from 0 to 1 is wanted");
            }

            if (masks.Count != context.Groups.Length)
            {
                return Breach(DiagnosticCodes.WrongMask, $"returned {masks.Count} masks; {context.Groups.Length} are wanted, one for each group");
            }

            ChannelGroup? odd = context.Groups.FirstOrDefault(group => masks[group].IsDefault || masks[group].Length != group.Size);
            if (odd is null)
            {
                return null;
            }

            int length = masks[odd].IsDefault ? 0 : masks[odd].Length;
            return Breach(DiagnosticCodes.WrongMask, $"returned a mask of {length} for the group of {odd.Members[0].Layer}; {odd.Size} are wanted");
        }

        PluginDiagnostic? FindScoresBreach(ImmutableArray<MemberScores> scores)
        {
            var seen = new HashSet<GroupMember>(ReferenceEqualityComparer.Instance);
            foreach (MemberScores? entry in scores)
            {
                if (FindEntryBreach(entry, seen) is { } breach)
                {
                    return breach;
                }
            }

            return null;
        }

        PluginDiagnostic? FindEntryBreach(MemberScores? entry, HashSet<GroupMember> seen)
        {
            if (entry is null || entry.Group is null || entry.Member is null || entry.Values is null)
            {
                string where = entry?.Member is { } known ? $" for {known.Layer}" : string.Empty;
                return Breach(DiagnosticCodes.NothingReturned, $"returned null among its scores{where}; leave out what is not scored");
            }

            GroupMember member = entry.Member;
            bool isOurs = entry.Group.Index >= 0
                && entry.Group.Index < context.Groups.Length
                && ReferenceEquals(context.Groups[entry.Group.Index], entry.Group)
                && entry.Group.Members.Any(candidate => ReferenceEquals(candidate, member));
            if (!isOurs)
            {
                return Breach(DiagnosticCodes.StrangeMember, $"scored {member.Layer}, which is not a member of that group of this network; members of the context's groups are wanted");
            }

            if (!seen.Add(member))
            {
                return Breach(DiagnosticCodes.StrangeMember, $"scored {member.Layer} twice; one entry for each layer is wanted");
            }

            if (entry.Values.Length != member.Channels.Length)
            {
                return Breach(DiagnosticCodes.WrongScoreCount, $"returned {entry.Values.Length} scores for {member.Layer}; {member.Channels.Length} are wanted, one for each channel");
            }

            int odd = Array.FindIndex(entry.Values, static value => !double.IsFinite(value));
            if (odd >= 0)
            {
                return Breach(DiagnosticCodes.ScoreNotFinite, $"scored channel {member.Channels[odd]} of {member.Layer} {entry.Values[odd]}; a finite number is wanted");
            }

            odd = decision.Rule is { HasOwnSets: true } ? Array.FindIndex(entry.Values, static value => value is not (> 0 and <= 1)) : -1;
            return odd < 0
                ? null
                : Breach(DiagnosticCodes.RuleNotAllowed, $"scored channel {member.Channels[odd]} of {member.Layer} {entry.Values[odd]}; in sets of its own a share above 0 and up to 1 is wanted");
        }

        PluginDiagnostic? FindNotesBreach(ImmutableArray<LayerNote> notes)
        {
            foreach (LayerNote? note in notes)
            {
                if (note is not { Layer: not null, Text: not null } || note.Curves.IsDefault || note.Curves.Any(static curve => curve is null || curve.X.IsDefault || curve.Y.IsDefault))
                {
                    return Breach(DiagnosticCodes.NothingReturned, $"returned null among its notes{(note?.Layer is { } about ? $" on {about}" : string.Empty)}; a layer, a text and curves, if only none, are wanted");
                }

                if (!ReferenceEquals(context.Network.Find(note.Layer.Id), note.Layer))
                {
                    return Breach(DiagnosticCodes.StrangeMember, $"returned a note on {note.Layer}, which is no layer of this network");
                }

                if (note.Curves.FirstOrDefault(static curve => curve.X.Length != curve.Y.Length || !curve.X.Concat(curve.Y).All(double.IsFinite)) is { } odd)
                {
                    return Breach(DiagnosticCodes.ScoreNotFinite, $"drew the curve '{odd.Name}' of {note.Layer} through {odd.X.Length} and {odd.Y.Length} numbers; as many of both are wanted, all of them finite");
                }
            }

            return null;
        }
    }
}
