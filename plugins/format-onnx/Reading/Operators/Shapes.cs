using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>The same elements under other extents, or in another order.</summary>
internal static class Shapes
{
    public static bool TryRead(OperatorScope s)
    {
        if (s[0] is not Value value)
        {
            return false;
        }

        switch (s.Operation)
        {
            case "Transpose":
                Transpose(s);
                return true;
            case "SpaceToDepth":
                if (!value.IsMap)
                {
                    return false;
                }

                s.Give(new SpaceToDepth(checked((int)s.Integer("blocksize", 0))), s.X);
                return true;
            default:
                GiveReshaped(s, value, Wanted(s, value));
                return true;
        }
    }

    private static ImmutableArray<int> Wanted(OperatorScope s, Value value)
    {
        switch (s.Operation)
        {
            case "Flatten":
                long from = s.Integer("axis", 1);
                int axis = (int)Math.Clamp(from < 0 ? from + value.Rank : from, 0, value.Rank);
                return [(int)Axes.Count(value.Extents.AsSpan(..axis)), (int)Axes.Count(value.Extents.AsSpan(axis..))];
            case "Squeeze":
                int[] gone = s.IntegersAt(1, "axes") is { Length: > 0 } axes
                    ? [.. axes.Select(index => Axes.Normalize(index, value.Rank))]
                    : [.. Enumerable.Range(0, value.Rank).Where(index => value.Extents[index] == 1 && (index > 0 || s.Graph.Pictures == 1))];
                return [.. Enumerable.Range(0, value.Rank).Where(index => !gone.Contains(index)).Select(index => value.Extents[index])];
            case "Unsqueeze":
                long[] added = s.IntegersAt(1, "axes") ?? [];
                HashSet<int> places = [.. added.Select(index => Axes.Normalize(index, value.Rank + added.Length))];
                int next = 0;
                return [.. Enumerable.Range(0, value.Rank + added.Length).Select(index => places.Contains(index) ? 1 : value.Extents[next++])];
            default:
                long[] wanted = s.IntegersAt(1, "shape") ?? throw s.Fault("it says no shape.");
                return Axes.Reshape(value.Extents, wanted, s.Integer("allowzero", 0) != 0);
        }
    }

    private static void GiveReshaped(OperatorScope s, Value value, ImmutableArray<int> extents)
    {
        if (extents.AsSpan().SequenceEqual(value.Extents.AsSpan()))
        {
            s.Give(value);
            return;
        }

        if (extents is not [1, _, ..])
        {
            throw s.Fault($"it makes [{string.Join(", ", extents)}] of {value.Describe()}: the first axis must be that of the pictures and stay so.");
        }

        // Axes of extent 1 behind a vector are only said, until somebody needs them.
        if (value is { Rank: 2, IsPlain: true } && extents.Length > 2 && extents[1] == value.Extents[1])
        {
            s.Give(value with { Extents = extents });
        }
        else if (extents.Length == 2 && value.Margin == default && value.Shape.Rank == 1)
        {
            s.Give(value with { Extents = extents });
        }
        else if (extents.Length == 2)
        {
            s.Give(new Flatten(), s.X);
        }
        else if (ChannelOrders.ShuffleOf(s, extents) is { } shuffle)
        {
            s.Give(shuffle.Operation, shuffle.X);
        }
        else
        {
            s.Give(new Reshape(new Shape([.. extents[1..]])), s.X);
        }
    }

    private static void Transpose(OperatorScope s)
    {
        Value x = s.X;
        int[] order = s.Integers("perm") is { Count: > 0 } said
            ? [.. said.Select(axis => Axes.Normalize(axis, x.Rank))]
            : [.. Enumerable.Range(0, x.Rank).Reverse()];
        if (order.Length != x.Rank || order[0] != 0)
        {
            throw s.Fault($"it puts the axes of {x.Describe()} into the order [{string.Join(", ", order)}]: the axis of the pictures must stay the first.");
        }

        if (order.AsSpan().SequenceEqual([.. Enumerable.Range(0, x.Rank)]))
        {
            s.Give(x);
        }
        else
        {
            s.Give(new Transpose([.. order.Skip(1).Select(static axis => axis - 1)]), x);
        }
    }
}
