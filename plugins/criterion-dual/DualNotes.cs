using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;

namespace PluginPrune.CriterionDual;

/// <summary>
/// Tells, layer by layer, how the choice came about: the steps 4 to 7 of the paper's algorithm, in its order. Step 4, the clusters,
/// is what the criterion of the parameter subspace says itself.
/// </summary>
/// <param name="options">How the two became one, and tied layers.</param>
/// <param name="first">What the first criterion wants.</param>
/// <param name="second">What the second one wants.</param>
internal sealed class DualNotes(DualOptions options, Verdict first, Verdict second)
{
    /// <summary>What there is to say of a group's layers.</summary>
    /// <param name="group">The group.</param>
    /// <param name="chosen">What stays of it.</param>
    public IEnumerable<LayerNote> Of(ChannelGroup group, ImmutableArray<bool> chosen)
    {
        foreach (GroupMember member in group.IsLocked ? [] : group.Members)
        {
            if (!first.Opinion.SpeaksOf(member) && !second.Opinion.SpeaksOf(member))
            {
                continue;
            }

            if (options.Coupling == Coupling.Skip && group.IsTiedByAddition)
            {
                yield return new LayerNote(member.Layer, "left alone: its output is added to another layer's, and tied layers are skipped (--coupling skip)");
                continue;
            }

            // As in the paper: the subspace first, then the gammas.
            foreach (LayerNote note in Of(second, group, member).Concat(Of(first, group, member)))
            {
                yield return note;
            }

            yield return new LayerNote(member.Layer, Combined(group, member, chosen));
        }
    }

    private static IEnumerable<LayerNote> Of(Verdict verdict, ChannelGroup group, GroupMember member)
    {
        foreach (LayerNote note in verdict.Opinion.NotesOf(member))
        {
            yield return note with { Text = $"{verdict.Opinion.Name}: {note.Text}" };
        }

        bool[] dropped = Dropped(member, verdict.Masks[group]);
        string who = $"{verdict.Opinion.Name}, {DualRates.Percent(verdict.Rate)} %:";
        yield return new LayerNote(member.Layer, Text($"{who} drops {Listed(member, dropped)}{Scores(verdict.Opinion, member, dropped)}"));
    }

    private static bool[] Dropped(GroupMember member, ImmutableArray<bool> keep) => [.. member.Elements.Select(element => !keep[element])];

    private static string Scores(Opinion opinion, GroupMember member, bool[] dropped)
    {
        if (opinion.ScoresOf(member) is not { } scores)
        {
            return string.Empty;
        }

        string what = opinion.RanksItself ? "places in their sets" : "scores";
        return $"{Span($"{what} of these", scores.Where((_, channel) => dropped[channel]))}{Span($"{what} of those that stay", scores.Where((_, channel) => !dropped[channel]))}";
    }

    private static string Span(string what, IEnumerable<double> scores) =>
        scores.Any() ? Text($"; {what} {scores.Min() + 0:G4} to {scores.Max() + 0:G4}") : string.Empty;

    private string Combined(ChannelGroup group, GroupMember member, ImmutableArray<bool> chosen)
    {
        bool[] byFirst = Dropped(member, first.Masks[group]);
        bool[] bySecond = Dropped(member, second.Masks[group]);
        bool[] dropped = Dropped(member, chosen);
        int both = byFirst.Zip(bySecond).Count(static pair => pair.First && pair.Second);
        int stay = dropped.Count(static goes => !goes);
        return Text($"{options.Combine.ToString().ToLowerInvariant()}: drops {Listed(member, dropped)}; both want {both} of them gone; {stay} {(stay == 1 ? "stays" : "stay")}");
    }

    private static string Listed(GroupMember member, bool[] dropped)
    {
        int count = dropped.Count(static goes => goes);
        return count == 0 ? "nothing" : Text($"{count} of {dropped.Length} channels ({Ranges([.. member.Channels.Where((_, channel) => dropped[channel])])})");
    }

    /// <summary>Ascending indexes as people write them: '0-3 7 9-12'.</summary>
    private static string Ranges(int[] indexes)
    {
        var text = new StringBuilder();
        for (int i = 0; i < indexes.Length; i++)
        {
            int begin = i;
            while (i + 1 < indexes.Length && indexes[i + 1] == indexes[i] + 1)
            {
                i++;
            }

            text.Append(begin == 0 ? string.Empty : " ").Append(CultureInfo.InvariantCulture, $"{indexes[begin]}");
            if (i > begin)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{indexes[i]}");
            }
        }

        return text.ToString();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
