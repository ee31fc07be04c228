using System.Collections.Immutable;
using System.Numerics;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolov5.Loss;

/// <summary>Where the raw outputs of a detection layer stand, and which boxes they mean.</summary>
internal sealed class LevelGrid
{
    private const int Coordinates = Yolov5Layout.Coordinates;

    // The first level of most networks, for heads that do not say which level they are.
    private const double FirstStride = 8;
    private const int UsualLevels = 3;

    private readonly ImmutableArray<double> _sizes;

    /// <summary>Takes it from a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="picture">The shape of the network's input.</param>
    /// <param name="shape">The shape of the value that the head reads.</param>
    /// <exception cref="HeadException">Parameters and shapes do not go together.</exception>
    public LevelGrid(Head head, Shape picture, Shape shape)
    {
        Head = head;
        (Anchors, Classes) = Yolov5Layout.Count(head, shape);
        (Rows, Columns) = (shape.Height, shape.Width);
        (Width, Height) = (picture.Width, picture.Height);
        CellWidth = (double)Width / Columns;
        CellHeight = (double)Height / Rows;
        _sizes = head.Parameters["anchors"];
        (Level, Levels) = head.Parameters.GetValueOrDefault("level", []) is [var level, var levels]
            ? ((int)level, (int)levels)
            : (Math.Clamp((int)Math.Round(Math.Log2(CellWidth / FirstStride)), 0, UsualLevels - 1), UsualLevels);
    }

    public Head Head { get; }

    public int Anchors { get; }

    public int Classes { get; }

    public int Rows { get; }

    public int Columns { get; }

    public int Places => Rows * Columns;

    /// <summary>The width of the network's input.</summary>
    public int Width { get; }

    /// <summary>The height of the network's input.</summary>
    public int Height { get; }

    /// <summary>In pixels of the network's input.</summary>
    public double CellWidth { get; }

    /// <summary>In pixels of the network's input.</summary>
    public double CellHeight { get; }

    /// <summary>Which of the network's detection layers it is, from 0, that with the smallest cells.</summary>
    public int Level { get; }

    /// <summary>How many there are.</summary>
    public int Levels { get; }

    public double AnchorWidth(int anchor) => _sizes[2 * anchor];

    public double AnchorHeight(int anchor) => _sizes[(2 * anchor) + 1];

    /// <summary>Where a channel of an anchor begins among the elements of one picture.</summary>
    public int Offset(int anchor, int channel) => ((anchor * (Coordinates + 1 + Classes)) + channel) * Places;

    /// <summary>The box of an anchor at a place, with the derivative of each of its numbers by its raw output.</summary>
    public (CenterBox Box, CenterBox Slope) Decode<T>(ReadOnlySpan<T> values, int anchor, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int at = Offset(anchor, 0) + place;
        double Score(ReadOnlySpan<T> raw, int channel) => 1 / (1 + Math.Exp(-double.CreateTruncating(raw[at + (channel * Places)])));
        double x = Score(values, 0);
        double y = Score(values, 1);
        double width = Score(values, 2);
        double height = Score(values, 3);
        var box = new CenterBox(
            ((2 * x) - 0.5 + (place % Columns)) * CellWidth,
            ((2 * y) - 0.5 + (place / Columns)) * CellHeight,
            4 * width * width * AnchorWidth(anchor),
            4 * height * height * AnchorHeight(anchor));
        var slope = new CenterBox(
            2 * x * (1 - x) * CellWidth,
            2 * y * (1 - y) * CellHeight,
            8 * width * width * (1 - width) * AnchorWidth(anchor),
            8 * height * height * (1 - height) * AnchorHeight(anchor));
        return (box, slope);
    }

    /// <summary>Adds derivatives to those of a box's raw outputs: an anchor may learn several objects.</summary>
    public void Add<T>(in CenterBox slope, Span<T> gradient, int anchor, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int at = Offset(anchor, 0) + place;
        gradient[at] += T.CreateTruncating(slope.X);
        gradient[at + Places] += T.CreateTruncating(slope.Y);
        gradient[at + (2 * Places)] += T.CreateTruncating(slope.Width);
        gradient[at + (3 * Places)] += T.CreateTruncating(slope.Height);
    }
}
