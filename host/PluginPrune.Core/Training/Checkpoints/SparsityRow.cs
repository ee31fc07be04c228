namespace PluginPrune.Core.Training;

/// <summary>How far a sparse training had got, in the header of a checkpoint.</summary>
internal sealed record SparsityRow(LayerScales[] Layers, PruningReadiness? Readiness)
{
    /// <summary>Whether it has no holes.</summary>
    public bool IsSound => Layers is not null && Array.TrueForAll(Layers, static layer => layer is { Layer: not null, Channels: > 0 });

    public static SparsityRow? Of(SparsityState? state) => state is null ? null : new SparsityRow([.. state.Scales.Layers], state.Readiness);

    public SparsityState ToState() => new(new SmallScales([.. Layers]), Readiness);
}
