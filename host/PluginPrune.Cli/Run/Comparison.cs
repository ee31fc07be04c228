using System.Collections.Immutable;

namespace PluginPrune.Cli.Run;

/// <summary>What the small network is compared with.</summary>
internal sealed record Comparison
{
    /// <summary>Where it stands in the file, from 1; 0 where it does not.</summary>
    public int Line { get; init; }

    /// <summary>Options of a training of the pruned shape from random weights, beside those of the first training; null for none.</summary>
    public ImmutableArray<OptionLine>? PrunedShape { get; init; }

    /// <summary>Whether the narrower network of the same size stands beside.</summary>
    public bool HasNarrower { get; init; } = true;

    /// <summary>Options of a training of the narrower network, as <see cref="PrunedShape"/>; null leaves it untrained.</summary>
    public ImmutableArray<OptionLine>? Narrower { get; init; }
}
