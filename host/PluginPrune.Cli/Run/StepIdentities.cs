using System.Collections.Immutable;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Cli.Train;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Cli.Run;

/// <summary>What the results of steps depend on, as it is now.</summary>
/// <param name="root">The recipe's folder.</param>
/// <param name="lines">Knows which plugins a line uses.</param>
/// <param name="inputs">Knows which files a line names.</param>
internal sealed class StepIdentities(string root, CommandLines lines, RecipeInputs inputs)
{
    // Files that count already: the network before the rounds is the one that the first of them begins with.
    private static readonly string[] Told = ["--teacher", "--original"];

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

        if (ArgumentScan.ValueOf([.. plan.Arguments], "--teacher") is { } named && TeacherFiles.Of(named, lines.FormatExtensions) is ({ } teacher, var weights) && File.Exists(teacher))
        {
            facts["the network that it learns from"] = FileFingerprint.OfModel(teacher, weights, withWeights: true);
        }

        foreach ((string option, string file) in inputs.FilesIn(plan.Step.Kind, plan.Arguments).Where(input => !Told.Contains(input.Option) && input.File != plan.Weights && File.Exists(input.File)))
        {
            facts[$"the file of {option}"] = FileFingerprint.OfModel(file, null, withWeights: false);
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

    /// <summary>What is wrong with the parts of the pictures that a line names, or null.</summary>
    public string? FaultOfParts(IReadOnlyList<string> line, CancellationToken cancellationToken) => _data.FaultOfParts(line, cancellationToken);

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
