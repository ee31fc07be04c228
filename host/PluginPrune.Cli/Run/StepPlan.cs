using System.Collections.Immutable;
using PluginPrune.Cli.Prune;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Run;

/// <summary>A step with all that it is called with.</summary>
/// <param name="Step">The step.</param>
/// <param name="Folder">What it writes to.</param>
/// <param name="Model">The network that it begins with.</param>
/// <param name="Arguments">The host's command line.</param>
internal sealed record StepPlan(RecipeStep Step, string Folder, string Model, ImmutableArray<string> Arguments)
{
    /// <summary>The network that comes out of it, with which the next step begins; null for none.</summary>
    public string? Output
    {
        get
        {
            // A training leaves its last network; a pruning the one that it was given, by the same name.
            string file = Model == SampleModel.Name ? SampleModel.CfgPath : Model;
            return Step.Kind switch
            {
                StepKind.Train => Path.Combine(Folder, TrainingFolder.Last + Path.GetExtension(file)),
                StepKind.Prune => Path.Combine(Folder, Path.GetFileName(file)),
                _ => null,
            };
        }
    }
}
