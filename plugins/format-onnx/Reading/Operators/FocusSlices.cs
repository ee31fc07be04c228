using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>The four slices of every other row and column that make a picture's places channels (YOLOv5 up to 5.0, YOLOX).</summary>
internal static class FocusSlices
{
    private const int Size = 2;

    /// <param name="s">The concatenation of the slices.</param>
    public static (Operation Operation, Value X)? Of(OperatorScope s)
    {
        if (s.Inputs != Size * Size)
        {
            return null;
        }

        string? source = null;
        (int Y, int X)[] places = new (int, int)[s.Inputs];
        for (int i = 0; i < places.Length; i++)
        {
            if (PlaceOf(s, ((Value)s[i]!).Id) is not { } found || (source ??= found.Source) != found.Source)
            {
                return null;
            }

            places[i] = (found.Y, found.X);
        }

        bool? columnsFirst = places switch
        {
            [(0, 0), (1, 0), (0, 1), (1, 1)] => true,
            [(0, 0), (0, 1), (1, 0), (1, 1)] => false,
            _ => null,
        };
        return columnsFirst is { } order ? (new SpaceToDepth(Size, order), Value.Of(source!, s.Graph.Nodes.ShapeOf(source!), s[0]!.Type)) : null;
    }

    private static (string Source, int Y, int X)? PlaceOf(OperatorScope s, string id)
    {
        (int? y, int? x) = (null, null);
        while (s.Graph.Nodes.Find(id) is { } node && node.Annotations.Find<SliceRanges>() is { } slice)
        {
            id = node.Inputs[0];
            Shape shape = s.Graph.Nodes.ShapeOf(id);
            foreach ((int axis, int start, int length, int step) in slice.Ranges)
            {
                if (step != Size || shape.Rank != 3 || start >= Size)
                {
                    return null;
                }

                switch (axis)
                {
                    case 2 when y is null && length * Size == shape.Height:
                        y = start;
                        break;
                    case 3 when x is null && length * Size == shape.Width:
                        x = start;
                        break;
                    default:
                        return null;
                }
            }
        }

        return y is { } row && x is { } column ? (id, row, column) : null;
    }
}
