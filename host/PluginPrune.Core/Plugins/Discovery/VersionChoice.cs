using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>Of several copies of one plugin one is used: the highest version that fits; of equal ones the earliest root's.</summary>
internal static class VersionChoice
{
    public static ImmutableArray<PluginEntry> Choose(List<PluginEntry> entries)
    {
        PluginEntry[] result = [.. entries];
        var winners = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < result.Length; i++)
        {
            if (result[i] is { State: PluginState.Ok, Id: { } id }
                && (!winners.TryGetValue(id, out int best) || Compare(result[i], result[best]) > 0))
            {
                winners[id] = i;
            }
        }

        for (int i = 0; i < result.Length; i++)
        {
            if (result[i] is { State: PluginState.Ok, Id: { } id } && winners[id] is int winner && winner != i)
            {
                Demote(result, i, winner);
            }
        }

        return [.. result];
    }

    private static void Demote(PluginEntry[] entries, int index, int winner)
    {
        PluginEntry loser = entries[index];
        PluginEntry best = entries[winner];
        if (Compare(loser, best) != 0)
        {
            entries[index] = Note(loser, PluginState.Superseded, new PluginDiagnostic(
                DiagnosticCodes.Superseded, DiagnosticSeverity.Information, loser.Id, loser.Folder,
                $"{loser.Id} {loser.Manifest!.Version} is not used: {best.Manifest!.Version} in {best.Folder} is higher.",
                "Remove it if nobody needs it, or remove the higher one."));
            return;
        }

        var twice = new PluginDiagnostic(
            DiagnosticCodes.SamePluginTwice, DiagnosticSeverity.Warning, loser.Id, loser.Folder,
            $"{loser.Id} {loser.Manifest!.Version} is in {best.Folder} and in {loser.Folder}; the first is used.",
            "Remove one of the two folders.");
        entries[index] = Note(loser, PluginState.Conflicting, twice);
        entries[winner] = Note(best, PluginState.Ok, twice with { Path = best.Folder });
    }

    private static PluginEntry Note(PluginEntry entry, PluginState state, PluginDiagnostic diagnostic) =>
        entry with { State = state, Diagnostics = entry.Diagnostics.Add(diagnostic) };

    private static int Compare(PluginEntry left, PluginEntry right) =>
        SemanticVersion.Compare(left.Manifest!.Version, right.Manifest!.Version);
}
