using System.Numerics;

namespace PluginPrune.EngineManaged.Convolutions;

/// <summary>Puts tiles where they belong in one group's output, cuts those at the edges, and finishes what is complete.</summary>
internal unsafe ref struct TileBlock<T>(
    ConvolutionGeometry geometry, TileKernel<T> kernel, Epilogue<T> epilogue, int group, T* output)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the output holds nothing yet.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether the sums are complete after this.</summary>
    public bool IsLast { get; set; }

    public readonly void Multiply(int depth, T* left, T* right, int tile, int panel)
    {
        int plane = geometry.OutputPlane;
        int row = tile * kernel.Rows;
        int column = panel * kernel.Columns;
        int rows = Math.Min(kernel.Rows, geometry.GroupOutputs - row);
        int columns = Math.Min(kernel.Columns, plane - column);
        T* target = output + ((nint)row * plane) + column;
        if (rows == kernel.Rows && columns == kernel.Columns)
        {
            kernel.Multiply(depth, left, right, target, plane, !IsFirst);
        }
        else
        {
            MultiplyEdge(depth, left, right, target, rows, columns);
        }

        if (IsLast)
        {
            int channel = (group * geometry.GroupOutputs) + row;
            for (int i = 0; i < rows; i++)
            {
                epilogue.Apply(new Span<T>(target + ((nint)i * plane), columns), channel + i);
            }
        }
    }

    private readonly void MultiplyEdge(int depth, T* left, T* right, T* target, int rows, int columns)
    {
        T* tile = stackalloc T[kernel.Rows * kernel.Columns];
        kernel.Multiply(depth, left, right, tile, kernel.Columns, adds: false);
        for (int i = 0; i < rows; i++)
        {
            var line = new Span<T>(tile + (i * kernel.Columns), columns);
            var targetLine = new Span<T>(target + ((nint)i * geometry.OutputPlane), columns);
            if (IsFirst)
            {
                line.CopyTo(targetLine);
            }
            else
            {
                Kernels.VectorMath.Add(targetLine, line, targetLine);
            }
        }
    }
}
