namespace PluginPrune.Core.Images.Resizing;

/// <summary>Each pixel from one of the source: the one that holds its scaled left and top edge.</summary>
internal sealed class NearestRows : ScaledRows
{
    private readonly int[] _columns;
    private readonly int[] _rows;

    public NearestRows(Picture source, PictureSize size)
        : base(source)
    {
        _columns = Places(source.Width, size.Width);
        _rows = Places(source.Height, size.Height);
    }

    public override void Write(int y, Span<byte> target)
    {
        ReadOnlySpan<byte> from = Source.Row(_rows[y]);
        int to = 0;
        foreach (int x in _columns)
        {
            from.Slice(x * Picture.Channels, Picture.Channels).CopyTo(target[to..]);
            to += Picture.Channels;
        }
    }

    private static int[] Places(int source, int target)
    {
        double step = 1 / ((double)target / source);
        int[] places = new int[target];
        for (int i = 0; i < target; i++)
        {
            places[i] = Math.Min((int)Math.Floor(i * step), source - 1);
        }

        return places;
    }
}
