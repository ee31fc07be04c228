namespace PluginPrune.Core.Recipes;

/// <summary>How a step stands, and why.</summary>
/// <param name="State">How.</param>
/// <param name="Reason">What has changed, for people; null where nothing has.</param>
public sealed record StepVerdict(StepState State, string? Reason)
{
    /// <summary>Judges a step.</summary>
    /// <param name="known">What is known of it, or null.</param>
    /// <param name="identity">What it would be done as now.</param>
    /// <param name="isThere">Whether its result is there.</param>
    public static StepVerdict Of(StepEntry? known, StepIdentity identity, bool isThere)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return known is null ? new StepVerdict(StepState.New, null)
            : identity.DifferenceFrom(known.Identity) is { } difference ? new StepVerdict(known.IsBehind ? StepState.Outdated : StepState.Changed, difference)
            : !known.IsDone ? new StepVerdict(StepState.Begun, null)
            : isThere ? new StepVerdict(StepState.Done, null)
            : new StepVerdict(StepState.New, "its result is not there any more");
    }
}
