namespace PluginPrune.Core.Training;

/// <summary>An epoch's numbers in the header of a checkpoint.</summary>
internal sealed record EpochRow(int Epoch, NamedValue[] Values, SparsityRow? Sparsity)
{
    /// <summary>Whether it has no holes.</summary>
    public bool IsSound =>
        Values is not null
        && Array.TrueForAll(Values, static value => value is { Name: not null })
        && Sparsity is null or { IsSound: true };
}
