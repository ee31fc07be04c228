using System.Collections.Immutable;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Detecting;

/// <summary>Makes detections of candidates: one box for each object. It never gives up halfway, however many there are.</summary>
/// <param name="settings">How.</param>
/// <remarks>Not safe for several threads at once; its memory is reused from picture to picture.</remarks>
public sealed class NonMaximumSuppression(DetectionSettings settings)
{
    // With more, what comes next is compared with too many that stay.
    private const int MostForBestFirst = 1000;

    private readonly BoxSelection _selection = new(settings);
    private readonly BestFirstSuppression _bestFirst = new(settings);
    private readonly GroupedSuppression _grouped = new(settings);

    // A merged box takes in all that it suppresses, so that none can be left out.
    private readonly bool _usesBestFirst =
        settings.Suppression != Suppression.Merge && settings.MaximumDetections is > 0 and <= MostForBestFirst;

    /// <summary>Finds what stays.</summary>
    /// <param name="candidates">The boxes of one picture.</param>
    /// <returns>Best first, of equal scores the one that was decoded first; boxes in pixels of the network's input.</returns>
    public ImmutableArray<Detection> Suppress(Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        _selection.Select(candidates);
        return _usesBestFirst || settings.Suppression == Suppression.None ? _bestFirst.Suppress(_selection) : _grouped.Suppress(_selection);
    }
}
