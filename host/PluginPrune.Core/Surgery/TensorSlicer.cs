using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Surgery;

/// <summary>Copies chosen rows and columns of tensors in the type that they are stored in.</summary>
internal static class TensorSlicer
{
    /// <summary>The chosen entries of axis 0.</summary>
    /// <param name="tensor">[channels, ...].</param>
    /// <param name="rows">Ascending.</param>
    public static Tensor Rows(Tensor tensor, int[] rows)
    {
        int columns = tensor.Shape.Rank > 1 ? tensor.Shape[1] : 1;
        return rows.Length == tensor.Shape[0] ? tensor : Take(tensor, rows, AllColumns, columns, tensor.Shape.WithChannels(rows.Length));
    }

    /// <summary>The chosen entries of axis 0, and of each its own choice of axis 1.</summary>
    /// <param name="weight">[out, in, ...].</param>
    /// <param name="rows">Ascending.</param>
    /// <param name="columnsOf">For each row the columns, equally many for all.</param>
    /// <param name="columns">How many columns each row keeps.</param>
    public static Tensor RowsAndColumns(Tensor weight, int[] rows, Func<int, int[]?> columnsOf, int columns)
    {
        if (rows.Length == weight.Shape[0] && columns == weight.Shape[1])
        {
            return weight;
        }

        var shape = new Shape([rows.Length, columns, .. weight.Shape.Dimensions.AsSpan(2..)]);
        Func<int, int[]?> chosen = columns == weight.Shape[1] ? AllColumns : columnsOf;
        return Take(weight, rows, chosen, columns, shape);
    }

    private static int[]? AllColumns(int row) => null;

    private static Tensor Take(Tensor tensor, int[] rows, Func<int, int[]?> columnsOf, int columns, Shape shape)
    {
        switch (tensor.Type)
        {
            case ElementType.F32:
                float[] floats = GC.AllocateUninitializedArray<float>(shape.Count);
                Take(MemoryMarshal.Cast<byte, float>(tensor.Bytes), floats, tensor.Shape, rows, columnsOf, columns);
                return Tensor.FromFloats(shape, floats);
            case ElementType.F16:
                Half[] halfs = new Half[shape.Count];
                Take(MemoryMarshal.Cast<byte, Half>(tensor.Bytes), halfs, tensor.Shape, rows, columnsOf, columns);
                return Tensor.FromHalfs(shape, halfs);
            default:
                long[] integers = new long[shape.Count];
                Take(MemoryMarshal.Cast<byte, long>(tensor.Bytes), integers, tensor.Shape, rows, columnsOf, columns);
                return Tensor.FromIntegers(shape, integers);
        }
    }

    private static void Take<T>(ReadOnlySpan<T> source, Span<T> target, Shape shape, int[] rows, Func<int, int[]?> columnsOf, int columns)
    {
        int rowLength = shape.ElementsPerChannel;
        int taps = shape.Rank > 1 ? rowLength / shape[1] : 1;
        int targetLength = columns * taps;
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<T> from = source.Slice(rows[i] * rowLength, rowLength);
            Span<T> to = target.Slice(i * targetLength, targetLength);
            int[]? chosen = columnsOf(rows[i]);
            if (chosen is null)
            {
                from.CopyTo(to);
            }
            else if (taps == 1)
            {
                for (int j = 0; j < chosen.Length; j++)
                {
                    to[j] = from[chosen[j]];
                }
            }
            else
            {
                CopyRuns(from, to, chosen, taps);
            }
        }
    }

    /// <summary>Neighbouring columns in one copy.</summary>
    private static void CopyRuns<T>(ReadOnlySpan<T> from, Span<T> to, int[] chosen, int taps)
    {
        for (int j = 0; j < chosen.Length;)
        {
            int run = 1;
            while (j + run < chosen.Length && chosen[j + run] == chosen[j] + run)
            {
                run++;
            }

            from.Slice(chosen[j] * taps, run * taps).CopyTo(to[(j * taps)..]);
            j += run;
        }
    }
}
