namespace PluginPrune.HeadYolo.Loss;

/// <summary>An anchor at a place that is to learn an object.</summary>
/// <param name="Anchor">The anchor, among those of this head.</param>
/// <param name="Place">The place, row by row.</param>
/// <param name="Target">Which of the picture's objects.</param>
/// <param name="IsBest">Whether no other anchor of the network fits the object better.</param>
/// <param name="AnchorIou">How well it fits: the IoU of widths and heights.</param>
internal readonly record struct Positive(int Anchor, int Place, int Target, bool IsBest, double AnchorIou)
{
    /// <summary>
    /// Whether it is to learn its object rather than another that wants it too: an object that has no better anchor goes before
    /// one that has, then the one that fits better; of equal ones the first stays.
    /// </summary>
    public bool Precedes(in Positive other) => IsBest != other.IsBest ? IsBest : AnchorIou > other.AnchorIou;
}
