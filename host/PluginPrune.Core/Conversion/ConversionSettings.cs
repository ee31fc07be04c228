using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Conversion;

/// <summary>What to convert, and where to.</summary>
public sealed record ConversionSettings
{
    /// <summary>Reads the network.</summary>
    public required IModelFormat Reader { get; init; }

    /// <summary>The network's files.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>Writes the network.</summary>
    public required IModelFormat Writer { get; init; }

    /// <summary>The name of the format that is written.</summary>
    public required string WriterName { get; init; }

    /// <summary>The extensions of the file that describes a network in that format; that of the first must not be taken.</summary>
    public required ImmutableArray<string> WriterExtensions { get; init; }

    /// <summary>What is changed of the network on the way.</summary>
    public required NetworkAdjustment Adjustment { get; init; }

    /// <summary>What goes of a detector's heads; null for nothing.</summary>
    public CropRequest? Crop { get; init; }

    /// <summary>Gives what understands a kind of heads; where something is to go of them it is needed.</summary>
    public Func<string, IHead>? FindHead { get; init; }

    /// <summary>The seed of random weights in place of the network's own; null for its own.</summary>
    public int? Seed { get; init; }

    /// <summary>Gives the network another activation; null leaves it its own.</summary>
    public ActivationSwap? Activation { get; init; }

    /// <summary>The folder for the files.</summary>
    public required string OutputPath { get; init; }

    /// <summary>Whether the folder gets a number that makes it new.</summary>
    public bool NumbersOutput { get; init; }

    /// <summary>The name of the files without their extensions.</summary>
    public required string Stem { get; init; }

    /// <summary>Whether files that exist are replaced.</summary>
    public bool Overwrites { get; init; }
}
