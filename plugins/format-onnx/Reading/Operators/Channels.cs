using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Channels put behind each other, taken apart and added.</summary>
internal static class Channels
{
    public static bool TryRead(OperatorScope s) => s.Operation switch
    {
        "Concat" => TryConcat(s),
        "Split" => TrySplit(s),
        "Slice" => TrySlice(s),
        "Gather" => TryGather(s),
        _ => Pads.TryRead(s),
    };

    private static bool TryConcat(OperatorScope s)
    {
        if (s[0] is not Value first || Axes.Normalize(s.Integer("axis", 1), first.Rank) != 1)
        {
            return false;
        }

        for (int i = 1; i < s.Inputs; i++)
        {
            if (s[i] is not Value other || other.Rank != first.Rank || !other.Extents.AsSpan(2..).SequenceEqual(first.Extents.AsSpan(2..)))
            {
                return false;
            }
        }

        if (FocusSlices.Of(s) is { } focus)
        {
            s.Give(focus.Operation, focus.X);
            return true;
        }

        s.Give(new Concat(), [.. Enumerable.Range(0, s.Inputs).Select(s.ValueAt)]);
        return true;
    }

    private static bool TrySplit(OperatorScope s)
    {
        if (s[0] is not Value)
        {
            return false;
        }

        Value x = s.X;
        int axis = Axes.Normalize(s.Integer("axis", 0), x.Rank);
        int extent = x.Extents[axis];
        long[] sizes = s.IntegersAt(1, "split") ?? Even(extent, s.Node.Outputs.Length);
        if (axis == 0 || sizes.Length != s.Node.Outputs.Length || sizes.Sum() != extent || Array.Exists(sizes, static size => size < 1))
        {
            throw s.Fault($"it splits axis {axis} of {x.Describe()} into [{string.Join(", ", sizes)}] for {s.Node.Outputs.Length} outputs.");
        }

        int start = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            int length = (int)sizes[i];
            if (axis == 1)
            {
                s.GiveAt(i, new Slice(start, length), x);
            }
            else
            {
                KeptOperators.GiveSlice(s, i, x, [(axis, start, length, 1)]);
            }

            start += length;
        }

        return true;
    }

    private static long[] Even(int extent, int parts)
    {
        int each = (extent + parts - 1) / parts;
        return [.. Enumerable.Range(0, parts).Select(part => (long)Math.Min(each, extent - (part * each)))];
    }

    private static bool TrySlice(OperatorScope s)
    {
        if (s[0] is not Value)
        {
            return false;
        }

        Value x = s.X;
        long[] starts = s.IntegersAt(1, "starts") ?? [];
        long[] ends = s.IntegersAt(2, "ends") ?? [];
        int[] axes = s.IntegersAt(3, "axes") is { Length: > 0 } said ? [.. said.Select(axis => Axes.Normalize(axis, x.Rank))] : [.. Enumerable.Range(0, starts.Length)];
        long[] steps = s.IntegersAt(4, "steps") ?? [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
        {
            throw s.Fault("its starts, ends, axes and steps are not equally many.");
        }

        var ranges = ImmutableArray.CreateBuilder<(int Axis, int Start, int Length, int Step)>();
        for (int i = 0; i < starts.Length; i++)
        {
            (int start, int length, int step) = Axes.Range(starts[i], ends[i], steps[i], x.Extents[axes[i]]);
            if (step != 1 || start != 0 || length != x.Extents[axes[i]])
            {
                ranges.Add((axes[i], start, length, step));
            }
        }

        switch (ranges.ToImmutable())
        {
            case []:
                s.Give(x);
                break;
            case [(1, var start, var length, 1)] when length > 0:
                s.Give(new Slice(start, length), x);
                break;
            case var others:
                KeptOperators.GiveSlice(s, 0, x, others);
                break;
        }

        return true;
    }

    private static bool TryGather(OperatorScope s)
    {
        if (s[0] is not Value { Rank: > 1 } value || s.ConstantAt(1) is not { Rank: 1 } constant || Axes.Normalize(s.Integer("axis", 0), value.Rank) != 1)
        {
            return false;
        }

        Value x = s.X;
        long[] channels = [.. constant.Integers.Select(index => (long)Axes.Normalize(index, x.Shape.Channels))];
        if (ChannelOrders.FocusOf(s, x, channels) is { } focus)
        {
            s.Give(focus.Operation, focus.X);
            return true;
        }

        if (channels.Length == 0 || !channels.Select(static (channel, i) => channel - i).All(start => start == channels[0]))
        {
            return false;
        }

        s.Give(new Slice((int)channels[0], channels.Length), x);
        return true;
    }
}
