using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>What is measured, and on what.</summary>
/// <param name="subjects">The networks, at least one; evaluators that compare take the first as the reference.</param>
/// <param name="services">What the host does for evaluators.</param>
public sealed class EvaluationContext(ImmutableArray<EvaluationSubject> subjects, IEvaluationServices services)
{
    /// <summary>The networks. Where there are several, time is measured in turns, so that a disturbance hits all alike.</summary>
    public ImmutableArray<EvaluationSubject> Subjects { get; } = subjects;

    /// <summary>What the host offers.</summary>
    public IEvaluationServices Services { get; } = services;

    /// <summary>The pictures, or null where the user named none.</summary>
    public Dataset? Dataset { get; init; }

    /// <summary>The seed of everything random; one seed, one result.</summary>
    public int Seed { get; init; }

    /// <summary>Told the share of the work that is done, 0 to 1.</summary>
    public Action<double> Progress { get; init; } = static _ => { };

    /// <summary>Takes a sentence for the user about something odd that does not stop the work.</summary>
    public Action<string> Warn { get; init; } = static _ => { };
}
