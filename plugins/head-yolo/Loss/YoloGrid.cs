using System.Collections.Immutable;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.HeadYolo.Decoding;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>Where the raw outputs of a YOLOv3 head stand, and which boxes they mean.</summary>
internal sealed class YoloGrid
{
    // The cells of the head in the middle of three, to which 'balance' is relative: the gain means the same with any balance there.
    private const double MiddleCell = 16 * 16;

    private readonly double _stretch;
    private readonly AnchorSizes _sizes;

    /// <summary>Takes it from a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="picture">The shape of the network's input.</param>
    /// <param name="shape">The shape of the value that the head reads.</param>
    /// <exception cref="HeadException">Parameters and shapes do not go together.</exception>
    public YoloGrid(Head head, Shape picture, Shape shape)
    {
        Head = head;
        Anchors = AnchorLayout.CountMasked(head);
        Classes = AnchorLayout.CountClasses(head, shape, Anchors, AnchorLayout.Coordinates);
        (Rows, Columns) = (shape.Height, shape.Width);
        (Width, Height) = (picture.Width, picture.Height);
        CellWidth = (double)Width / Columns;
        CellHeight = (double)Height / Rows;
        IsActivated = head.Number("new_coords", 0) != 0;
        _stretch = head.Number("scale_x_y", 1);
        _sizes = AnchorSizes.Of(head, Anchors, isMasked: true);
        AllAnchors = head.Parameters.GetValueOrDefault("anchors", []).Length / 2;
        AllSizes = AnchorSizes.Of(head, AllAnchors, isMasked: false);
        ImmutableArray<double> mask = head.Parameters.GetValueOrDefault("mask", []);
        Mask = mask.IsEmpty ? [.. Enumerable.Range(0, Anchors)] : [.. mask.Select(static index => (int)index)];
    }

    public Head Head { get; }

    /// <summary>How many anchors this head has.</summary>
    public int Anchors { get; }

    /// <summary>Which of all anchors they are.</summary>
    public ImmutableArray<int> Mask { get; }

    /// <summary>How many anchors the heads of the network have together.</summary>
    public int AllAnchors { get; }

    /// <summary>Their sizes.</summary>
    public AnchorSizes AllSizes { get; }

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

    /// <summary>Whether the layer before has applied the logistic function already ('new_coords').</summary>
    public bool IsActivated { get; }

    /// <summary>How far centres reach beyond their cell, in cells.</summary>
    public double Overreach => Math.Max(0, (_stretch - 1) / 2);

    /// <summary>Where a channel of an anchor begins among the elements of one picture.</summary>
    public int Offset(int anchor, int channel) => ((anchor * (AnchorLayout.Coordinates + 1 + Classes)) + channel) * Places;

    /// <summary>What the objectness of one anchor at one place of a batch counts.</summary>
    public double ObjectnessScale(YoloOptions options, int pictures) =>
        options.ObjectnessGain * Math.Pow(MiddleCell / (CellWidth * CellHeight), options.Balance) / ((double)pictures * Anchors * Places);

    /// <summary>The box of an anchor at a place, of its raw outputs.</summary>
    public CenterBox Decode(in CenterBox raw, int anchor, int place) => new(
        (Center(raw.X) + (place % Columns)) * CellWidth,
        (Center(raw.Y) + (place / Columns)) * CellHeight,
        Factor(raw.Width) * _sizes.Width(anchor),
        Factor(raw.Height) * _sizes.Height(anchor));

    /// <summary>The derivative of each of the box's numbers by its raw output.</summary>
    public CenterBox Slope(in CenterBox raw, int anchor) => new(
        CenterSlope(raw.X) * CellWidth,
        CenterSlope(raw.Y) * CellHeight,
        FactorSlope(raw.Width) * _sizes.Width(anchor),
        FactorSlope(raw.Height) * _sizes.Height(anchor));

    /// <summary>The least raw outputs that give a box so wide and high.</summary>
    public (double Width, double Height) RawOfSize(double width, double height, int anchor) =>
        (RawOfFactor(width / _sizes.Width(anchor)), RawOfFactor(height / _sizes.Height(anchor)));

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));

    private double Center(double raw) => ((IsActivated ? raw : Logistic(raw)) * _stretch) - ((_stretch - 1) / 2);

    private double CenterSlope(double raw) => _stretch * (IsActivated ? 1 : Logistic(raw) * Logistic(-raw));

    private double Factor(double raw) => IsActivated ? 4 * raw * raw : Math.Exp(raw);

    private double FactorSlope(double raw) => IsActivated ? 8 * raw : Math.Exp(raw);

    private double RawOfFactor(double factor) => IsActivated ? Math.Sqrt(factor) / 2 : Math.Log(factor);
}
