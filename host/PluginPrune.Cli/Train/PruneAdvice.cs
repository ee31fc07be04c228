using System.Globalization;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts.Groups;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>How a network that was trained sparse is pruned next.</summary>
/// <param name="modelPath">The network's file.</param>
/// <param name="scope">Which layers took part.</param>
/// <param name="kept">What --keep names, or null.</param>
internal sealed class PruneAdvice(string modelPath, PruningScope scope, string? kept)
{
    /// <summary>The criterion that is advised, and that judges.</summary>
    public const string Criterion = "slim";

    /// <summary>The command that takes as much as takes next to nothing away; null where that is nothing, or all.</summary>
    public string? CommandFor(PruningReadiness readiness) => readiness.Rate == 0 || readiness.IsCollapsed
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"host prune --criterion {Criterion} --global-percent {readiness.Rate:0.###} --model {ShellWords.Quote(modelPath)}{(scope == PruningScope.Scripts ? " --scope scripts" : string.Empty)}{(kept is null ? string.Empty : $" --keep {ShellWords.Quote(kept)}")}");
}
