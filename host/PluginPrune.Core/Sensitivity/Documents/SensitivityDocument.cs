using System.Collections.Immutable;

namespace PluginPrune.Core.Sensitivity;

/// <summary>Curves of a network's channel groups, as they stand in sensitivity.json.</summary>
public sealed record SensitivityDocument
{
    /// <summary>The version of the document's form.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The file that it was read from, as the user calls it, or null.</summary>
    public string? File { get; init; }

    /// <summary>What the user calls the network.</summary>
    public required string Network { get; init; }

    /// <summary>The fingerprint of the architecture that the curves are of, see <see cref="Plans.ArchitectureHash"/>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The fingerprint of all that was measured and how, see <see cref="MeasurementStore"/>; runs of one fingerprint may replace each other's results.</summary>
    public required string Settings { get; init; }

    /// <summary>The full name of the criterion that said which channels go.</summary>
    public required string Criterion { get; init; }

    /// <summary>The criterion's options.</summary>
    public ImmutableSortedDictionary<string, string> CriterionOptions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What was measured, and its value of the whole network.</summary>
    public required CurveMetric Metric { get; init; }

    /// <summary>What ran the networks; null where nothing had to.</summary>
    public string? Engine { get; init; }

    /// <summary>What the pictures are called; null where there were none.</summary>
    public string? Dataset { get; init; }

    /// <summary>How many pictures were measured on; 0 for none.</summary>
    public int Pictures { get; init; }

    /// <summary>On how many pictures batch norms and biases of networks were fitted to the whole one before they were measured; 0 where they were not.</summary>
    public int Recalibrated { get; init; }

    /// <summary>On how many pictures their weights were fitted, too; 0 where they were not.</summary>
    public int Reconstructed { get; init; }

    /// <summary>The shares of a group that were asked for.</summary>
    public ImmutableArray<double> Rates { get; init; } = [];

    /// <summary>The curves, in the network's order.</summary>
    public ImmutableArray<GroupCurve> Groups { get; init; } = [];

    /// <summary>Groups without a curve.</summary>
    public ImmutableArray<WholeGroup> Whole { get; init; } = [];

    /// <summary>The architecture that the fingerprint is of, line by line.</summary>
    public ImmutableArray<string> Structure { get; init; } = [];
}
