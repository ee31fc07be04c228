using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>What came of asking for a contribution.</summary>
/// <typeparam name="TService">The interface of its kind.</typeparam>
/// <param name="Service">The object that does the work, or null.</param>
/// <param name="Contribution">What was found under the name, or null.</param>
/// <param name="Diagnostics">Why there is no service; the first is the one to show first.</param>
public sealed record PluginResult<TService>(
    TService? Service, ContributionInfo? Contribution, ImmutableArray<PluginDiagnostic> Diagnostics)
    where TService : class
{
    /// <summary>The plugin that was found to contribute it, or null.</summary>
    public string? PluginId => Contribution?.PluginId;

    /// <summary>The service, for a caller that cannot go on without it.</summary>
    /// <exception cref="PluginException">There is none.</exception>
    public TService GetOrThrow() => Service ?? throw new PluginException(Diagnostics);
}
