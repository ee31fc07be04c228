using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Inspection;

/// <summary>What there is to know of one layer of the user's file.</summary>
public sealed record LayerInspection
{
    /// <summary>The layer's name as its users say it.</summary>
    public required string Layer { get; init; }

    /// <summary>What the file calls it.</summary>
    public required string Kind { get; init; }

    /// <summary>The 1-based line in a text file, or null.</summary>
    public int? Line { get; init; }

    /// <summary>What it does.</summary>
    public required LayerRole Role { get; init; }

    /// <summary>The value that comes out of it; of a head the one that it reads.</summary>
    public required string Value { get; init; }

    /// <summary>The shape of <see cref="Value"/>.</summary>
    public required Shape Output { get; init; }

    /// <summary>The ids of its nodes, in order; none for a head.</summary>
    public ImmutableArray<string> Nodes { get; init; } = [];

    /// <summary>The layers, or inputs of the network, that it reads, in order.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>Learned numbers, running statistics not counted.</summary>
    public long Parameters { get; init; }

    /// <summary>Multiplications with addition for one picture.</summary>
    public long MultiplyAdds { get; init; }

    /// <summary>The groups that its output channels belong to, in the order of the channels.</summary>
    public ImmutableArray<int> Groups { get; init; } = [];

    /// <summary>How many of its output channels must stay.</summary>
    public int LockedChannels { get; init; }

    /// <summary>Why they must, each reason once.</summary>
    public ImmutableArray<string> LockReasons { get; init; } = [];

    /// <summary>The scales of its batch norms, or null where it has none.</summary>
    public GammaProfile? Gammas { get; init; }

    /// <summary>What a plan leaves of it, or null without a plan.</summary>
    public LayerAfter? After { get; init; }

    /// <summary>Whether every output channel must stay.</summary>
    public bool IsLocked => LockedChannels == Output.Channels;
}
