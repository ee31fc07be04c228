using System.Collections.Immutable;

namespace PluginPrune.FormatOnnx.Reading.Constants;

/// <summary>The arithmetic of extents and axes, as ONNX has it.</summary>
internal static class Axes
{
    /// <summary>How many elements there are.</summary>
    public static long Count(ReadOnlySpan<int> extents)
    {
        long count = 1;
        foreach (int extent in extents)
        {
            count *= extent;
            if (count > int.MaxValue)
            {
                throw new OnnxFileException($"a value of [{string.Join(", ", extents.ToArray())}] has more than 2^31 elements.");
            }
        }

        return count;
    }

    /// <summary>An axis counted from the front, where a negative one counts from the back.</summary>
    public static int Normalize(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new OnnxFileException($"axis {axis} was asked for of a value with {rank} axes.");

    /// <summary>What two shapes become where they meet element by element; axes are matched from the last one on.</summary>
    public static ImmutableArray<int> Broadcast(ImmutableArray<int> left, ImmutableArray<int> right)
    {
        int[] extents = new int[Math.Max(left.Length, right.Length)];
        for (int i = 1; i <= extents.Length; i++)
        {
            int one = i <= left.Length ? left[^i] : 1;
            int other = i <= right.Length ? right[^i] : 1;
            extents[^i] = one == other || other == 1 ? one
                : one == 1 ? other
                : throw new OnnxFileException($"[{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not go together.");
        }

        return [.. extents];
    }

    /// <summary>What a reshape to given extents makes: 0 takes over an extent, -1 is what is left.</summary>
    public static ImmutableArray<int> Reshape(ImmutableArray<int> extents, ReadOnlySpan<long> wanted, bool zeroIsZero)
    {
        long count = Count(extents.AsSpan());
        int[] made = new int[wanted.Length];
        int open = -1;
        long product = 1;
        for (int i = 0; i < made.Length; i++)
        {
            long extent = wanted[i] == 0 && !zeroIsZero && i < extents.Length ? extents[i] : wanted[i];
            if (extent == -1 && open < 0)
            {
                open = i;
            }
            else if (extent is < 0 or > int.MaxValue || (product *= extent) > int.MaxValue)
            {
                throw Misfit(extents, wanted);
            }
            else
            {
                made[i] = (int)extent;
            }
        }

        if (open >= 0)
        {
            made[open] = product > 0 ? (int)(count / product) : 0;
            product *= made[open];
        }

        return product == count ? [.. made] : throw Misfit(extents, wanted);
    }

    /// <summary>Where a range of ONNX's Slice begins, how many elements it takes, and by which step.</summary>
    public static (int Start, int Length, int Step) Range(long start, long end, long step, int extent)
    {
        if (step is 0 or < -int.MaxValue or > int.MaxValue)
        {
            throw new OnnxFileException($"a slice goes by steps of {step}.");
        }

        // What lies outside is cut off, as the operator's description says; the largest number stands for the end.
        long first = Math.Clamp(start < 0 ? start + extent : start, 0, step > 0 ? extent : extent - 1);
        long last = Math.Clamp(end < 0 && end > long.MinValue / 2 ? end + extent : end, step > 0 ? 0 : -1, step > 0 ? extent : extent - 1);
        long length = step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step;
        return ((int)first, (int)Math.Max(length, 0), (int)step);
    }

    /// <summary>The distance of neighbours along each axis, row-major.</summary>
    public static int[] Strides(ImmutableArray<int> extents)
    {
        int[] strides = new int[extents.Length];
        int stride = 1;
        for (int i = extents.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= extents[i];
        }

        return strides;
    }

    private static OnnxFileException Misfit(ImmutableArray<int> extents, ReadOnlySpan<long> wanted) =>
        new($"[{string.Join(", ", extents)}] cannot become [{string.Join(", ", wanted.ToArray())}].");
}
