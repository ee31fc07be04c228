using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>Steps that lead from a network to a smaller one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Model">The full path of the network that the first step begins with, or the word for the bundled sample.</param>
/// <param name="Weights">The full path of its weights, or null for those beside it.</param>
/// <param name="Data">What every step learns from and is measured on, or null.</param>
/// <param name="Out">The folder that receives the steps' folders, or null for one under runs/.</param>
/// <param name="Steps">In their order, at least one.</param>
internal sealed record Recipe(string Path, string Model, string? Weights, string? Data, string? Out, ImmutableArray<RecipeStep> Steps)
{
    /// <summary>Where the network is named, from 1.</summary>
    public int ModelLine { get; init; }

    /// <summary>Where the data are named, from 1.</summary>
    public int DataLine { get; init; }

    /// <summary>What every step gets beside its own options, for instance '--seed'; a step that does not know one does without.</summary>
    public ImmutableArray<OptionLine> Common { get; init; } = [];

    /// <summary>Every step that is not shared is done once for each; empty for once.</summary>
    public ImmutableArray<int> Seeds { get; init; } = [];

    /// <summary>Options of `host eval` for the table at the end.</summary>
    public ImmutableArray<OptionLine> Evaluation { get; init; } = [];

    /// <summary>What the small network is compared with.</summary>
    public Comparison Comparison { get; init; } = new();
}
