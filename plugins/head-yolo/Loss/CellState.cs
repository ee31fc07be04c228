namespace PluginPrune.HeadYolo.Loss;

/// <summary>What an anchor at a place is to learn, where it is not the index of a <see cref="Positive"/>.</summary>
internal static class CellState
{
    /// <summary>That there is no object.</summary>
    public const int Negative = -1;

    /// <summary>Nothing.</summary>
    public const int Ignored = -2;
}
