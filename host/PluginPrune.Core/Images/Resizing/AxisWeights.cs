namespace PluginPrune.Core.Images.Resizing;

/// <summary>For every new pixel of an axis: the first of the two old ones that it lies between, by their centres, and both weights in parts of 2048.</summary>
internal sealed class AxisWeights
{
    public const int One = 1 << 11;

    public AxisWeights(int source, int target)
    {
        First = new int[target];
        Weights = new (short First, short Second)[target];
        double scale = 1 / ((double)target / source);
        for (int i = 0; i < target; i++)
        {
            float place = (float)(((i + 0.5) * scale) - 0.5);
            int first = (int)MathF.Floor(place);
            float share = place - first;
            First[i] = first;
            Weights[i] = ((short)MathF.Round((1 - share) * One), (short)MathF.Round(share * One));
        }
    }

    /// <summary>May be -1 or the last pixel: what lies outside repeats the edge.</summary>
    public int[] First { get; }

    public (short First, short Second)[] Weights { get; }
}
