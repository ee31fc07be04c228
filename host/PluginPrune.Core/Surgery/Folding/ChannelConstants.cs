namespace PluginPrune.Core.Surgery;

/// <summary>
/// What the channels of a value hold beyond what the small network computes there: a number for each channel, and how it is
/// spread over the places.
/// </summary>
/// <param name="values">A number for each channel; 0 for nothing.</param>
/// <param name="forms">How each is spread; null where all are flat.</param>
internal sealed class ChannelConstants(double[] values, int[]? forms)
{
    /// <summary>The same at every place.</summary>
    public const int Flat = 0;

    /// <summary>Spread in a way that no other channel need share.</summary>
    public const int Odd = -1;

    /// <summary>A number for each channel; 0 for nothing.</summary>
    public double[] Values { get; } = values;

    /// <summary>Whether every channel is the same at every place.</summary>
    public bool IsFlat => forms is null;

    /// <summary>
    /// <see cref="Flat"/>, <see cref="Odd"/>, or the number of a pool that counts its padding, plus 1: what is flat before it
    /// then falls off towards the border, and all channels of one such pool do so alike.
    /// </summary>
    public int FormOf(int channel) => forms?[channel] ?? Flat;
}
