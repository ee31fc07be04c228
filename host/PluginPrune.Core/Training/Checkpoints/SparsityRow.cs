namespace PluginPrune.Core.Training;

/// <summary>How far a sparse training had got, in the header of a checkpoint.</summary>
internal sealed record SparsityRow(LayerScales[] Layers, PruningReadiness? Readiness)
{
    public static SparsityRow? Of(SparsityState? state) => state is null ? null : new SparsityRow([.. state.Scales.Layers], state.Readiness);

    public SparsityState ToState() => new(new SmallScales([.. Layers]), Readiness);
}
