namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>Values at the corners of cells, smooth in between (value noise).</summary>
internal sealed class LatticeAxis
{
    private readonly int _stride;
    private readonly int[] _cell;
    private readonly float[] _share;

    public LatticeAxis(int size, int cells)
    {
        _stride = cells + 1;
        _cell = new int[size];
        _share = new float[size];
        for (int i = 0; i < size; i++)
        {
            float place = (i + 0.5f) * cells / size;
            _cell[i] = Math.Min((int)place, cells - 1);
            float part = place - _cell[i];
            _share[i] = part * part * (3 - (2 * part));
        }
    }

    /// <summary>The values along a row of pixels.</summary>
    public void ReadRow(float[] lattice, int y, Span<float> row)
    {
        ReadOnlySpan<float> above = lattice.AsSpan(_cell[y] * _stride, _stride);
        ReadOnlySpan<float> below = lattice.AsSpan((_cell[y] + 1) * _stride, _stride);
        float down = _share[y];
        for (int x = 0; x < row.Length; x++)
        {
            int cell = _cell[x];
            float across = _share[x];
            float top = above[cell] + ((above[cell + 1] - above[cell]) * across);
            float bottom = below[cell] + ((below[cell + 1] - below[cell]) * across);
            row[x] = top + ((bottom - top) * down);
        }
    }
}
