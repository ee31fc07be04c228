using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>A step of a recipe.</summary>
/// <param name="Name">Unique in the recipe: its folder bears it.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Options">The options of the command.</param>
/// <param name="Line">Where it stands in the file, from 1.</param>
internal sealed record RecipeStep(string Name, StepKind Kind, ImmutableArray<OptionLine> Options, int Line)
{
    /// <summary>The step that trains with a teacher; without one of its own it has the network that the first 'train' left, or the recipe's.</summary>
    public const string Distil = "distil";

    /// <summary>The step that trains the whole network.</summary>
    public const string Train = "train";

    /// <summary>Whether it learns from a teacher, named or not.</summary>
    public bool IsTaught { get; init; }

    /// <summary>Whether it is done once, however many seeds there are.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether a training leaves its best network in place of its last one to the steps behind it.</summary>
    public bool LeavesBest { get; init; }

    /// <summary>Whether it is the first of several rounds of pruning: those behind it refer to the network that it begins with.</summary>
    public bool BeginsRounds { get; init; }

    /// <summary>Options for all steps that it does without: their names, or what the names begin with.</summary>
    public ImmutableArray<string> Declined { get; init; } = [];

    /// <summary>Whether it prunes in rounds.</summary>
    public bool IsRound => Has("--round");

    /// <summary>Whether it trains from random weights.</summary>
    public bool IsFromScratch => Has("--from-scratch");

    // A network that is written in another format is the same whatever the seed; only random weights are drawn.
    private bool IsSeeded => Kind != StepKind.Export || IsFromScratch;

    /// <summary>Whether it does without an option for all steps.</summary>
    public bool Declines(OptionLine option) => (option.Name == "--seed" && !IsSeeded) || Declined.Any(name => option.Name == name || (name.EndsWith('.') && option.Name.StartsWith(name, StringComparison.Ordinal)));

    /// <summary>Whether an option is given.</summary>
    public bool Has(string name) => Options.Any(option => option.Name == name && option.Value != "false");
}
