using System.Runtime.ExceptionServices;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Plugins;

/// <summary>A head that classifies pictures, whose failures bear its plugin's name.</summary>
/// <param name="inner">The plugin's head.</param>
/// <param name="contribution">Whose it is.</param>
public sealed class GuardedClassificationHead(IClassificationHead inner, ContributionInfo contribution) : GuardedHead(inner, contribution), IClassificationHead
{
    private readonly IClassificationHead _inner = inner;
    private readonly ContributionInfo _contribution = contribution;

    /// <inheritdoc />
    public void Classify(Head head, Shape shape, ReadOnlySpan<float> values, Span<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(head);
        try
        {
            _inner.Classify(head, shape, values, probabilities);
        }
        catch (Exception fault) when (fault is not HeadException)
        {
            // The boundary, without a closure: a span cannot be captured.
            PluginGuard.Call(_contribution, $"Classifying with {head.Id}", () =>
            {
                ExceptionDispatchInfo.Throw(fault);
                return false;
            });
        }
    }
}
