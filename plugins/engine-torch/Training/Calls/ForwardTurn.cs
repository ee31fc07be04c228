namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>What a call is told when it computes.</summary>
/// <param name="mayOverwrite">Whether nobody reads the first input's memory afterwards.</param>
/// <param name="kept">What is kept for the way back, or null where there is none.</param>
/// <param name="draw">How many batches were computed before, for what is random.</param>
internal readonly ref struct ForwardTurn(bool mayOverwrite, List<Tensor>? kept, long draw)
{
    public bool MayOverwrite => mayOverwrite;

    /// <summary>Whether there is a way back.</summary>
    public bool IsKept => kept is not null;

    public long Draw => draw;

    /// <summary>Keeps a tensor that becomes the run's.</summary>
    public Tensor Own(Tensor tensor)
    {
        if (kept is not null)
        {
            kept.Add(tensor.DetachFromDisposeScope());
        }

        return tensor;
    }

    /// <summary>Keeps a tensor that stays its owner's too.</summary>
    public void Keep(Tensor tensor)
    {
        if (kept is not null)
        {
            kept.Add(tensor.alias().DetachFromDisposeScope());
        }
    }
}
