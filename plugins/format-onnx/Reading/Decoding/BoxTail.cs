using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>
/// Recognises how boxes are decoded at the end of a network: what each number of each box is made of must be what YOLOv3 or YOLOv5 makes of
/// it, in the order of levels, anchors, rows and columns. All boxes are looked at; of their classes the first and the last one, and all of some boxes.
/// </summary>
internal sealed class BoxTail
{
    private const int Objectness = 4;
    private const int Coordinates = 4;

    // Every so many boxes of an anchor one is looked at as a whole.
    private const int Stride = 97;

    // Pictures of 1280 x 1280 have a hundred thousand; looking at them must not take long, whatever a file claims.
    private const int MostBoxes = 1 << 20;

    private readonly Network _network;
    private readonly string _output;
    private readonly int _row;
    private readonly ElementTrace _trace;

    private BoxTail(Network network, string output)
    {
        _network = network;
        _output = output;
        _row = network.ShapeOf(output)[1];
        _trace = new ElementTrace(network);
    }

    /// <summary>Reads a tail.</summary>
    /// <param name="network">The network.</param>
    /// <param name="output">The value [boxes, 4 + 1 + classes] at its end.</param>
    /// <param name="why">Why it is not known, and from which operator on; a sentence. Empty where it is.</param>
    /// <returns>The levels in the order of the boxes; none where the tail is not known.</returns>
    public static ImmutableArray<DecodedLevel> Read(Network network, string output, out string why)
    {
        var tail = new BoxTail(network, output);
        var levels = ImmutableArray.CreateBuilder<DecodedLevel>();
        int boxes = network.ShapeOf(output)[0];
        why = boxes > MostBoxes ? FormattableString.Invariant($"there are {boxes:N0} of them, and {MostBoxes:N0} are the most that are looked at.") : string.Empty;
        for (int box = 0; box < boxes && why.Length == 0;)
        {
            if (tail.ReadLevel(box, boxes, out int next, ref why) is not { } level || levels.Any(other => other.Source == level.Source))
            {
                why = tail._trace.Stop is { } stop ? $"{stop}." : why.Length > 0 ? why : $"box {box} comes again from {tail.NodeOf(tail.At(box, Objectness)!.Value.Source)}.";
                return [];
            }

            levels.Add(level);
            box = next;
        }

        return levels.ToImmutable();
    }

    private DecodedLevel? ReadLevel(int first, int boxes, out int next, ref string why)
    {
        next = first;
        if (At(first, Objectness) is not { Function: TermFunction.Sigmoid } objectness || At(first, 2) is not { } width || At(first, 0) is not { } x)
        {
            why = $"the fifth number of box {first} is no sigmoid of what a convolution gives, as objectness is.";
            return null;
        }

        Shape map = _network.ShapeOf(objectness.Source);
        Shape picture = _network.Inputs[0].Shape;
        int anchors = map.Channels / _row;
        next = first + (anchors * map.ElementsPerChannel);
        if (anchors * _row != map.Channels || anchors == 0 || next > boxes)
        {
            why = $"{NodeOf(objectness.Source)} gives {map}, which is not {_row} numbers for each anchor, or more boxes than there are.";
            return null;
        }

        bool isSquared = width.Function == TermFunction.SquaredSigmoid;
        var level = new LevelForm(map, _row, objectness.Source, (double)picture.Width / map.Width, (double)picture.Height / map.Height, x.Scale * map.Width / picture.Width, isSquared);
        if (!(isSquared ? Math.Abs(level.CentreScale - 2) < LevelForm.Tolerance : level.CentreScale > 0))
        {
            why = FormattableString.Invariant($"centres of {NodeOf(objectness.Source)} are stretched by {level.CentreScale:0.###}, which goes with no known form.");
            return null;
        }

        double[] sizes = new double[2 * anchors];
        for (int anchor = 0; anchor < anchors; anchor++)
        {
            for (int place = 0; place < map.ElementsPerChannel; place++)
            {
                int box = first + (anchor * map.ElementsPerChannel) + place;
                if (place == 0 && !level.TryReadAnchor(At(box, 2), At(box, 3), sizes.AsSpan(2 * anchor, 2)))
                {
                    why = $"width and height of box {box} are no known function of an anchor's.";
                    return null;
                }

                if (FaultOf(level, box, anchor, place, sizes) is { } column)
                {
                    why = $"number {column} of box {box} is not made of {NodeOf(objectness.Source)} as YOLOv3 or YOLOv5 make it.";
                    return null;
                }
            }
        }

        return new DecodedLevel(objectness.Source, [.. sizes], isSquared ? 2 : Math.Round(level.CentreScale, 6), isSquared);
    }

    /// <summary>The first number of a box that is not what it must be, or null.</summary>
    private int? FaultOf(LevelForm level, int box, int anchor, int place, double[] sizes)
    {
        bool isWhole = place % Stride == 0 || place == level.Map.ElementsPerChannel - 1;
        for (int column = 0; column < _row; column++)
        {
            if (!isWhole && column > Coordinates + 1 && column < _row - 1)
            {
                continue;
            }

            if (!level.Fits(At(box, column), column, anchor, place, sizes))
            {
                return column;
            }
        }

        return null;
    }

    private Term? At(int box, int column) => _trace.Of(_output, (box * _row) + column);

    private Node NodeOf(string value) => _network[value];
}
