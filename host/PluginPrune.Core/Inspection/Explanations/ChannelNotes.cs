using System.Collections.Immutable;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>Gathers channels that have a reason in common.</summary>
internal static class ChannelNotes
{
    /// <summary>One note for each reason, in the order in which they first appear.</summary>
    /// <param name="reasons">A reason for each channel, or null.</param>
    public static ImmutableArray<ChannelNote> Of(IEnumerable<string?> reasons)
    {
        string?[] all = [.. reasons];
        return
        [
            .. all.OfType<string>().Distinct(StringComparer.Ordinal).Select(reason =>
            {
                bool[] mask = Array.ConvertAll(all, other => other == reason);
                return new ChannelNote(IndexRanges.Format(mask), mask.Count(static marked => marked), reason);
            }),
        ];
    }
}
