using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Heads;

/// <summary>
/// Boxes that the network itself has decoded: centre x and y, width and height in pixels of its input, then objectness where
/// there is one, then a probability for each class. Each box is a row, or a column (YOLOv8 and later).
/// </summary>
internal sealed class BoxesHead : IDetectionHead
{
    public const string Kind = "boxes";

    /// <summary>The parameter that says whether there is objectness: 1 or 0.</summary>
    public const string Objectness = "objectness";

    /// <summary>The parameter that says whether each box is a column: 1 or 0.</summary>
    public const string ByColumn = "columns";

    private const int Coordinates = 4;

    /// <inheritdoc />
    public HeadLayout Describe(Head head, Shape input)
    {
        (_, int classes, bool hasObjectness, bool byColumn) = LayoutOf(head, input);

        // A row is a whole box: its channel begins with a coordinate, and there is no one thing that it means.
        return new HeadLayout(1, classes, [.. Enumerable.Range(0, input.Channels).Select(channel => byColumn ? Meaning(channel, hasObjectness) : new HeadChannel(HeadChannelRole.Box, channel, 0))]);
    }

    /// <inheritdoc />
    public void Decode(Head head, Shape picture, Shape shape, ReadOnlySpan<float> values, Candidates candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        (int boxes, int classes, bool hasObjectness, bool byColumn) = LayoutOf(head, shape);
        if (classes != candidates.Classes)
        {
            throw new HeadException($"Head '{head.Id}' ({head.Origin}) has {classes} classes; {candidates.Classes} were expected.");
        }

        (int next, int along) = byColumn ? (1, boxes) : (shape[1], 1);
        int first = Coordinates + (hasObjectness ? 1 : 0);
        for (int box = 0; box < boxes; box++)
        {
            int at = box * next;
            float objectness = hasObjectness ? values[at + (Coordinates * along)] : 1;
            if (!(objectness > (float)candidates.MinimumScore) || !HasClass(values[(at + (first * along))..], along, classes, (float)(candidates.MinimumScore / objectness)))
            {
                continue;
            }

            Span<float> scores = candidates.Add(Box.FromCenter(values[at], values[at + along], values[at + (2 * along)], values[at + (3 * along)]), objectness);
            for (int i = 0; i < classes; i++)
            {
                scores[i] = values[at + ((first + i) * along)];
            }
        }
    }

    private static HeadChannel Meaning(int channel, bool hasObjectness) =>
        channel < Coordinates ? new HeadChannel(HeadChannelRole.Box, 0, channel)
        : hasObjectness && channel == Coordinates ? new HeadChannel(HeadChannelRole.Objectness, 0, 0)
        : new HeadChannel(HeadChannelRole.Class, 0, channel - Coordinates - (hasObjectness ? 1 : 0));

    private static bool HasClass(ReadOnlySpan<float> values, int along, int classes, float least)
    {
        for (int i = 0; i < classes; i++)
        {
            if (values[i * along] > least)
            {
                return true;
            }
        }

        return false;
    }

    private static (int Boxes, int Classes, bool HasObjectness, bool ByColumn) LayoutOf(Head head, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(head);
        double classes = head.Number("classes", 0);
        bool hasObjectness = head.Number(Objectness, 1) != 0;
        bool byColumn = head.Number(ByColumn, 0) != 0;
        double wanted = Coordinates + (hasObjectness ? 1 : 0) + classes;
        return shape.Rank == 2 && classes >= 1 && shape[byColumn ? 0 : 1] == wanted
            ? (shape[byColumn ? 1 : 0], (int)classes, hasObjectness, byColumn)
            : throw new HeadException($"Head '{head.Id}' ({head.Origin}) with {classes} classes reads {(byColumn ? "columns" : "rows")} of {wanted} numbers; '{head.Input}' is {shape}.");
    }
}
