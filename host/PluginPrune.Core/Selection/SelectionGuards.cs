namespace PluginPrune.Core.Selection;

/// <summary>What the host keeps whatever a criterion says.</summary>
public sealed record SelectionGuards
{
    /// <summary>The least share of its channels that every layer keeps, 0 to 1; one channel stays in any case.</summary>
    /// <value>The default is 0.</value>
    public double LayerKeep { get; init; }

    /// <summary>Layers keep a multiple of this many channels, or all of them.</summary>
    /// <value>The default is 1.</value>
    public int RoundTo { get; init; } = 1;
}
