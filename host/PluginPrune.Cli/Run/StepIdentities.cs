using System.Collections.Immutable;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Cli.Run;

/// <summary>What the results of steps depend on, as it is now.</summary>
/// <param name="root">The recipe's folder.</param>
/// <param name="lines">Knows which plugins a line uses.</param>
internal sealed class StepIdentities(string root, CommandLines lines)
{
    // How something is run, not what comes out of it. Threads change the last bits of a training; that is no reason to do it again.
    private static readonly string[] Free = ["--plugins", "--threads", "--keep-every", "--verbose", "-v"];

    private readonly DataFingerprint _data = new(lines.Folders);

    /// <summary>What a step would be done as now.</summary>
    public StepIdentity Of(StepPlan plan, CancellationToken cancellationToken)
    {
        var facts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        facts["the network that it begins with"] = FileFingerprint.OfModel(plan.ModelFile, plan.Weights, withWeights: !plan.Step.IsFromScratch);
        if (plan.AsSmallAs is { } small)
        {
            facts["the network that it is to be as small as"] = FileFingerprint.OfModel(small, null, withWeights: false);
        }

        if (plan.Arguments.IndexOf("--teacher", 0, StringComparer.Ordinal) is >= 0 and var at && at + 1 < plan.Arguments.Length && plan.Arguments[at + 1].Split(',') is [var teacher, ..] files && File.Exists(teacher))
        {
            facts["the network that it learns from"] = FileFingerprint.OfModel(teacher, files.ElementAtOrDefault(1), withWeights: true);
        }

        if (PicturesOf(plan.Arguments, cancellationToken) is { } pictures)
        {
            facts["the data set"] = pictures;
        }

        foreach ((string plugin, string version) in lines.PluginsOf(plan.Arguments))
        {
            facts[StepIdentity.VersionOf + plugin] = version;
        }

        return new StepIdentity([.. Relative(plan.Arguments)], facts.ToImmutable());
    }

    /// <summary>What tells the pictures of a line from others, or null.</summary>
    public string? PicturesOf(IReadOnlyList<string> line, CancellationToken cancellationToken) => _data.Of(line, cancellationToken);

    // A folder that was moved with all that is in it is the same recipe.
    private IEnumerable<string> Relative(ImmutableArray<string> arguments)
    {
        bool isFree = false;
        foreach (string word in arguments)
        {
            isFree = word.StartsWith("--", StringComparison.Ordinal) ? Free.Contains(word) : isFree;
            if (!isFree)
            {
                yield return word.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(root, word) : word;
            }
        }
    }
}
