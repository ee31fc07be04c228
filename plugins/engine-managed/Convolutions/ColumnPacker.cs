using System.Numerics;
using System.Runtime.CompilerServices;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>
/// Lays out what the windows of some output places see, panel by panel: [panels, depth, columns of a panel], the depth being
/// channels x taps. Outside the input, and beyond the last place, there are zeros.
/// </summary>
internal sealed class ColumnPacker<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionGeometry _geometry;
    private readonly int _columns;
    private readonly (int Start, int End)[] _insideColumns;
    private readonly (int Start, int End)[] _insideRows;

    public ColumnPacker(ConvolutionGeometry geometry, int columns)
    {
        _geometry = geometry;
        _columns = columns;
        _insideColumns = [.. Enumerable.Range(0, geometry.Kernel.Width).Select(geometry.InsideColumns)];
        _insideRows = [.. Enumerable.Range(0, geometry.Kernel.Height).Select(geometry.InsideRows)];
    }

    /// <summary>The most runs that a panel can have for one tap: one for each output row that it touches.</summary>
    public int RunsPerTap => Math.Min(_columns, ((_columns - 1) / _geometry.OutputWidth) + 2);

    /// <summary>
    /// Finds what to copy for each tap of some panels. It is the same for all channels, so that packing itself need not ask
    /// what lies inside.
    /// </summary>
    /// <param name="firstPanel">The first panel.</param>
    /// <param name="panels">How many.</param>
    /// <param name="runs">Takes the runs, tap by tap.</param>
    /// <param name="starts">Takes where those of each tap of each panel begin, and at last where all end.</param>
    public void FindRuns(int firstPanel, int panels, Span<CopyRun> runs, Span<int> starts)
    {
        int count = 0;
        int at = 0;
        for (int panel = firstPanel; panel < firstPanel + panels; panel++)
        {
            int first = panel * _columns;
            int end = Math.Min(first + _columns, _geometry.OutputPlane);
            for (int kernelY = 0; kernelY < _geometry.Kernel.Height; kernelY++)
            {
                for (int kernelX = 0; kernelX < _geometry.Kernel.Width; kernelX++)
                {
                    starts[at++] = count;
                    count = FindRuns(first, end, kernelY, kernelX, runs, count);
                }
            }
        }

        starts[at] = count;
    }

    /// <summary>Packs some channels of one panel.</summary>
    /// <param name="input">The first of the channels.</param>
    /// <param name="channels">How many.</param>
    /// <param name="runs">All runs.</param>
    /// <param name="starts">Where the runs of each tap of the panel begin and end.</param>
    /// <param name="packed">[channels, taps, columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Pack(T* input, int channels, ReadOnlySpan<CopyRun> runs, ReadOnlySpan<int> starts, T* packed)
    {
        int stride = _geometry.Stride.Width;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < _geometry.Taps; tap++)
            {
                ReadOnlySpan<CopyRun> own = runs[starts[tap]..starts[tap + 1]];
                if (stride == 1 && own.Length == 1 && own[0].Length == _columns)
                {
                    CopyWhole(input + own[0].Source, packed);
                }
                else
                {
                    new Span<T>(packed, _columns).Clear();
                    foreach (CopyRun run in own)
                    {
                        Copy(input + run.Source, stride, packed + run.Target, run.Length);
                    }
                }

                packed += _columns;
            }

            input += _geometry.InputPlane;
        }
    }

    // The usual case, without a call: a panel is a whole number of vectors wide.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void CopyWhole(T* source, T* target)
    {
        for (int i = 0; i < _columns; i += Vector<T>.Count)
        {
            Vector.Store(Vector.Load(source + i), target + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Copy(T* source, int stride, T* target, int length)
    {
        if (stride == 1)
        {
            new ReadOnlySpan<T>(source, length).CopyTo(new Span<T>(target, length));
            return;
        }

        for (int i = 0; i < length; i++)
        {
            target[i] = source[i * stride];
        }
    }

    private int FindRuns(int first, int end, int kernelY, int kernelX, Span<CopyRun> runs, int count)
    {
        int before = count;
        int width = _geometry.OutputWidth;
        (int left, int right) = _insideColumns[kernelX];
        (int top, int bottom) = _insideRows[kernelY];
        for (int y = first / width; y * width < end; y++)
        {
            int start = Math.Max(first, (y * width) + left);
            int length = Math.Min(end, (y * width) + right) - start;
            if (y < top || y >= bottom || length <= 0)
            {
                continue;
            }

            int row = (y * _geometry.Stride.Height) - _geometry.Padding.Top + (kernelY * _geometry.Dilation.Height);
            int column = ((start - (y * width)) * _geometry.Stride.Width) - _geometry.Padding.Left + (kernelX * _geometry.Dilation.Width);
            var run = new CopyRun(start - first, (row * _geometry.InputWidth) + column, length);

            // Where rows follow each other without a gap, as in a 1 x 1 convolution, one run spans them.
            if (_geometry.Stride.Width == 1 && count > before && Follows(runs[count - 1], run))
            {
                runs[count - 1] = runs[count - 1] with { Length = runs[count - 1].Length + length };
            }
            else
            {
                runs[count++] = run;
            }
        }

        return count;
    }

    private static bool Follows(CopyRun run, CopyRun next) =>
        run.Target + run.Length == next.Target && run.Source + run.Length == next.Source;
}
