namespace PluginPrune.Core.Images.Resizing;

/// <summary>What an axis's new pixels cover of the old ones: runs of old pixels with the share of each, in single precision as OpenCV keeps them.</summary>
internal sealed class AxisCover
{
    /// <summary>Slivers below a thousandth of a pixel do not count.</summary>
    private const double Sliver = 1e-3;

    public AxisCover(int source, int target)
    {
        double scale = 1 / ((double)target / source);
        Runs = new (int First, int Offset, int Count)[target];
        var shares = new List<float>();
        for (int i = 0; i < target; i++)
        {
            double start = i * scale;
            double end = start + scale;
            double width = Math.Min(scale, source - start);
            int last = Math.Min((int)Math.Floor(end), source - 1);
            int first = Math.Min((int)Math.Ceiling(start), last);
            int offset = shares.Count;
            int begin = first;
            if (first - start > Sliver)
            {
                begin--;
                shares.Add((float)((first - start) / width));
            }

            for (int whole = first; whole < last; whole++)
            {
                shares.Add((float)(1.0 / width));
            }

            if (end - last > Sliver)
            {
                shares.Add((float)(Math.Min(Math.Min(end - last, 1.0), width) / width));
            }

            Runs[i] = (begin, offset, shares.Count - offset);
        }

        Shares = [.. shares];
    }

    /// <summary>For every new pixel the first old one, where its shares begin, and how many there are.</summary>
    public (int First, int Offset, int Count)[] Runs { get; }

    public float[] Shares { get; }
}
