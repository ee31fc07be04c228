namespace PluginPrune.Core.Training;

/// <summary>How far a sparse training has got.</summary>
/// <param name="Scales">How many scales are small.</param>
/// <param name="Readiness">How far the network can be pruned; null where nobody judges that.</param>
public sealed record SparsityState(SmallScales Scales, PruningReadiness? Readiness)
{
    /// <summary>What all columns of a state begin with.</summary>
    internal const string Prefix = "scales ";

    /// <summary>The columns of the results.</summary>
    public IEnumerable<NamedValue> Values =>
    [
        new NamedValue(Prefix + "below 0.01", Scales.BelowHundredth),
        new NamedValue(Prefix + "below 0.001", Scales.BelowThousandth),
        .. Readiness is { } readiness ? [new NamedValue(Prefix + "prunable", readiness.Rate)] : Array.Empty<NamedValue>(),
    ];
}
