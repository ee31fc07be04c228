using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>Where a chain of steps stands.</summary>
/// <param name="Model">The network that the next step begins with.</param>
/// <param name="Weights">Its weights, or null for those beside it.</param>
/// <param name="Number">How many steps came before.</param>
/// <param name="Ancestors">The keys of those that the network comes from.</param>
internal sealed record ChainPosition(string Model, string? Weights, int Number, ImmutableArray<string> Ancestors)
{
    /// <summary>The network before the first of the rounds that are being done, or null.</summary>
    public string? BeforeRounds { get; init; }

    /// <summary>The network before anything was pruned, or null as long as nothing is.</summary>
    public ChainPosition? Whole { get; init; }

    /// <summary>The network that the first training of the whole one left, or null before it.</summary>
    public string? Trained { get; init; }
}
