using System.Collections.Immutable;

namespace PluginPrune.Core.Evaluation;

/// <summary>What was measured of some networks.</summary>
/// <param name="Subjects">What the networks are called, in order.</param>
/// <param name="Sections">One for each evaluator, in the order in which they were asked for.</param>
public sealed record EvaluationReport(ImmutableArray<string> Subjects, ImmutableArray<EvaluationSection> Sections)
{
    /// <summary>What ran the networks; null where nothing had to.</summary>
    public string? Engine { get; init; }

    /// <summary>What the pictures are called; null where there were none.</summary>
    public string? Dataset { get; init; }
}
