using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Pruning;

/// <summary>What one pruning run is to do.</summary>
public sealed record PruneSettings
{
    /// <summary>Reads and writes the model.</summary>
    public required IModelFormat Format { get; init; }

    /// <summary>The model's files.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>By what the plan is made; not used where <see cref="Plan"/> is given.</summary>
    public required PlanRequest Request { get; init; }

    /// <summary>What goes of a detector's heads before a plan is made, or null; a plan that was made before says it itself.</summary>
    public CropRequest? Crop { get; init; }

    /// <summary>Gives what understands a kind of heads; where something is to go of them it is needed, and tells decoded boxes apart from other outputs.</summary>
    public Func<string, IHead>? FindHead { get; init; }

    /// <summary>Gives the names of the network's classes; where heads are cropped they follow. Null for those that the network has.</summary>
    public Func<Network, ImmutableArray<string>>? NamesOf { get; init; }

    /// <summary>A plan made before, or null.</summary>
    public PlanDocument? Plan { get; init; }

    /// <summary>How the plan is made, in names and texts, for plan.json and the report.</summary>
    public ImmutableSortedDictionary<string, string> Made { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Runs the comparisons; null leaves them out.</summary>
    public IEngine? Engine { get; init; }

    /// <summary>Gives the small network another activation, after it was compared; null leaves it its own.</summary>
    public ActivationSwap? Activation { get; init; }

    /// <summary>Fits the small network to the whole one on pictures; null leaves it as it was cut.</summary>
    public PlanRecalibration? Recalibration { get; init; }

    /// <summary>Measures the network before and after; null leaves that out.</summary>
    public Func<Network, Network, CancellationToken, EvaluationReport>? Measure { get; init; }

    /// <summary>Writes what who deploys the small model needs to know, beside it; null leaves that out. It is given what was measured, or null.</summary>
    public Action<Network, EvaluationReport?, OutputFolder>? WriteSidecar { get; init; }

    /// <summary>Looks after heads with one class; null leaves them alone.</summary>
    public SingleClassLogit? SingleClass { get; init; }

    /// <summary>Whether the logits of single classes are made certain.</summary>
    public bool MakesClassCertain { get; init; }

    /// <summary>The folder that receives the files; null writes nothing.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Whether <see cref="OutputPath"/> gets a number that makes it a folder of its own: runs/net becomes runs/net-1.</summary>
    public bool NumbersOutput { get; init; }

    /// <summary>The name of the model's files, without their extensions.</summary>
    public required string Stem { get; init; }

    /// <summary>Whether files that exist are replaced.</summary>
    public bool Overwrites { get; init; }
}
