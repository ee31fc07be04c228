using System.Runtime.ExceptionServices;
using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Plugins;

/// <summary>A head that finds objects, whose failures bear its plugin's name.</summary>
/// <param name="inner">The plugin's head.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedDetectionHead(IDetectionHead inner, ContributionInfo contribution) : GuardedHead(inner, contribution), IDetectionHead
{
    private readonly IDetectionHead _inner = inner;
    private readonly ContributionInfo _contribution = contribution;

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(head);
        try
        {
            _inner.Decode(head, picture, shape, values, candidates);
        }
        catch (Exception fault) when (fault is not HeadException)
        {
            // The boundary, without a closure: a span cannot be captured, and this runs for every picture.
            PluginGuard.Call(_contribution, $"Decoding {head.Id}", () =>
            {
                ExceptionDispatchInfo.Throw(fault);
                return false;
            });
        }
    }
}
