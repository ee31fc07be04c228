using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Plugins;

/// <summary>A head that can do with fewer classes, whose failures bear its plugin's name and which stays the same head.</summary>
/// <param name="inner">The plugin's head.</param>
/// <param name="contribution">Whose it is.</param>
internal sealed class GuardedCroppableHead(ICroppableHead inner, ContributionInfo contribution) : GuardedHead(inner, contribution), ICroppableHead
{
    private readonly ICroppableHead _inner = inner;
    private readonly ContributionInfo _contribution = contribution;

    public Head WithClasses(Head head, Shape input, ImmutableArray<int> classes)
    {
        ArgumentNullException.ThrowIfNull(head);
        Head? cropped = PluginGuard.Call<Head?, HeadException>(_contribution, $"Taking classes from {head.Id}", () => _inner.WithClasses(head, input, classes), CancellationToken.None);
        return cropped is not null && cropped.Id == head.Id && cropped.Kind == head.Kind && cropped.Input == head.Input
            ? cropped
            : throw new PluginException(
                [PluginGuard.Breach(_contribution, DiagnosticCodes.NothingReturned, $"returned {(cropped is null ? "no head" : $"another head ('{cropped.Id}', a {cropped.Kind} on '{cropped.Input}')")} for {head.Id} with {classes.Length} classes")]);
    }
}
