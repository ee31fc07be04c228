namespace PluginPrune.Contracts.Criteria;

/// <summary>
/// How scores become a choice. Of N scores the floor(Rate * N) lowest go, of equal scores the higher index first (for
/// <see cref="HasOwnSets"/> the criterion ranks); then floors, tied layers and constraints may bring channels back, never take more away.
/// </summary>
public sealed record SelectionRule
{
    /// <summary>The share of scores that go, 0 (none) to 1 (all but the floors).</summary>
    public required double Rate { get; init; }

    /// <summary>
    /// The name of the option that <see cref="Rate"/> came from, for instance 'global-percent': where a budget is asked for,
    /// the host searches the rate and reports it under this name. Null where there is none.
    /// </summary>
    public string? RateOption { get; init; }

    /// <summary>Among which scores the rate is taken.</summary>
    /// <value>The default is <see cref="SelectionRange.Global"/>.</value>
    public SelectionRange Range { get; init; } = SelectionRange.Global;

    /// <summary>
    /// Whether the rate is taken of each of sets that the criterion makes itself, for instance clusters of a layer's filters;
    /// <see cref="Range"/> then does not matter. Scores are places in these sets, as shares above 0 up to 1: r / n for the r-th lowest
    /// of n. What scores at most the rate goes, which is floor(rate * n) of each set.
    /// </summary>
    /// <value>The default is false.</value>
    public bool HasOwnSets { get; init; }

    /// <summary>How the opinions of tied layers become one.</summary>
    /// <value>The default is <see cref="Coupling.Union"/>.</value>
    public Coupling Coupling { get; init; } = Coupling.Union;

    /// <summary>The least share of its channels that every layer keeps, 0 to 1; one channel stays in any case.</summary>
    /// <value>The default is 0.</value>
    public double LayerKeep { get; init; }

    /// <summary>
    /// Under <see cref="Groups.PruningScope.Scripts"/>, whether a score equal to the threshold stays. The threshold is the
    /// score at rank floor(Rate * N), counted from 0 in ascending order.
    /// </summary>
    public bool KeepsThreshold { get; init; }
}
