using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>A step with all that it is called with.</summary>
/// <param name="Step">The step.</param>
/// <param name="Folder">What it writes to.</param>
/// <param name="Model">The network that it begins with.</param>
/// <param name="Arguments">The host's command line.</param>
internal sealed record StepPlan(RecipeStep Step, string Folder, string Model, ImmutableArray<string> Arguments)
{
    /// <summary>Whether a network comes out of it, with which the next step begins.</summary>
    public bool MakesNetwork => Step.Kind is StepKind.Train or StepKind.Prune;
}
