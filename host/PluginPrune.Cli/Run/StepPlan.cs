using System.Collections.Immutable;
using PluginPrune.Cli.Prune;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Run;

/// <summary>A step with all that it is called with.</summary>
/// <param name="Step">The step.</param>
/// <param name="Seed">For which seed it is done, or null for once.</param>
/// <param name="Folder">What it writes to.</param>
/// <param name="Model">The network that it begins with.</param>
/// <param name="Weights">Its weights, or null for those beside it.</param>
/// <param name="Arguments">The host's command line, without --out.</param>
internal sealed record StepPlan(RecipeStep Step, int? Seed, string Folder, string Model, string? Weights, ImmutableArray<string> Arguments)
{
    /// <summary>The folder as seen from the recipe's, with '/': what the step is called among all.</summary>
    public required string Key { get; init; }

    /// <summary>The keys of the steps that it builds on, however indirectly.</summary>
    public required ImmutableArray<string> Ancestors { get; init; }

    /// <summary>The network whose number of parameters it must not exceed, or null.</summary>
    public string? AsSmallAs { get; init; }

    /// <summary>Whether it is no step of the recipe: then the rest goes on without it where it fails.</summary>
    public bool IsComparison { get; init; }

    /// <summary>The network that comes out of it, with which the next step begins; null for none.</summary>
    public string? Output
    {
        get
        {
            // A training leaves its last network or its best one; a pruning the one that it was given, by the same name.
            string file = ModelFile;
            return Step.Kind switch
            {
                StepKind.Train => Path.Combine(Folder, TrainingFiles.NetworkName(Step.LeavesBest ? TrainingFolder.Best : TrainingFolder.Last, file)),
                StepKind.Prune => Path.Combine(Folder, Path.GetFileName(file)),
                _ => null,
            };
        }
    }

    /// <summary>The file of the network that it begins with.</summary>
    public string ModelFile => SampleModel.PathOf(Model);

    /// <summary>Whether its network has learned nothing, so that its accuracy says nothing.</summary>
    public bool LeavesUntrained => IsComparison && Step.Kind == StepKind.Prune;

    /// <summary>Whether what it would write is there.</summary>
    public bool IsThere => Output is { } output ? File.Exists(output) : Directory.Exists(Folder);
}
