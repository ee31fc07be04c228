using System.Collections.Immutable;

namespace PluginPrune.Core.Inspection;

/// <summary>Where everything in a picture goes: one row for each layer, ties to the left, arcs to the right of the boxes.</summary>
internal sealed class PictureLayout
{
    public const double Margin = 28;
    public const double RowHeight = 24;
    public const double BoxHeight = 17;
    public const double BarLength = 64;
    public const double NameGap = 7;
    private const double WidestBox = 250;
    private const double NarrowestBox = 46;
    private const double NarrowestName = 27;
    private const int LongestName = 32;
    private const double TieLane = 9;
    private const double ArcLane = 9;

    private readonly double _mostChannels;
    private readonly int _tieLanes;

    public PictureLayout(NetworkInspection inspection, double top)
    {
        Layers = inspection.Layers;
        Top = top;
        _mostChannels = Layers.Max(static layer => layer.Output.Channels);
        Arcs = FindArcs(Layers);
        Ties = FindTies(inspection);
        _tieLanes = Ties.IsEmpty ? 0 : Ties.Max(static tie => tie.Lane) + 1;
        int arcLanes = Arcs.IsEmpty ? 0 : Arcs.Max(static arc => arc.Lane) + 1;

        // Numbers are short; modules of torch and nodes of ONNX have long names, which would run through the ties and off the paper.
        double names = Math.Max(NarrowestName, Layers.Max(static layer => PictureText.BoldWidthOf(NameOf(layer))));
        NameX = Margin + (_tieLanes * TieLane) + names + NameGap;
        AxisX = NameX + 98 + (WidestBox / 2);
        ArcX = AxisX + (WidestBox / 2) + 16;
        ShapeX = ArcX + (arcLanes * ArcLane) + 12;
        ParametersX = ShapeX + 152;
        FlopsX = ParametersX + BarLength + 66;
        GammasX = FlopsX + BarLength + 18;
        Width = GammasX + 92 + Margin;
        Height = Top + (Layers.Length * RowHeight) + Margin;
    }

    public ImmutableArray<LayerInspection> Layers { get; }

    public ImmutableArray<PictureArc> Arcs { get; }

    public ImmutableArray<PictureTie> Ties { get; }

    public double Top { get; }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Where the layers' numbers end and their kinds begin.</summary>
    public double NameX { get; }

    /// <summary>The middle of all boxes.</summary>
    public double AxisX { get; }

    /// <summary>The innermost lane of the arcs.</summary>
    public double ArcX { get; }

    public double ShapeX { get; }

    /// <summary>Where the bar of the parameters begins; its number ends before it.</summary>
    public double ParametersX { get; }

    /// <summary>Where the bar of the FLOPs begins; its number ends before it.</summary>
    public double FlopsX { get; }

    public double GammasX { get; }

    /// <summary>What a row calls its layer: of a name longer than 32 signs the end, which tells more than the beginning.</summary>
    public static string NameOf(LayerInspection layer) => layer.Layer.Length <= LongestName ? layer.Layer : $"…{layer.Layer[^(LongestName - 1)..]}";

    /// <summary>The middle of a row.</summary>
    public double Y(int row) => Top + ((row + 0.5) * RowHeight);

    /// <summary>By the root of the channels: a network that halves its places and doubles its channels widens evenly.</summary>
    public double BoxWidth(LayerInspection layer) =>
        NarrowestBox + ((WidestBox - NarrowestBox) * Math.Sqrt(layer.Output.Channels / _mostChannels));

    public double LaneX(PictureArc arc) => ArcX + (arc.Lane * ArcLane);

    public double LaneX(PictureTie tie) => Margin + ((_tieLanes - 1 - tie.Lane) * TieLane) + 4;

    private static ImmutableArray<PictureArc> FindArcs(ImmutableArray<LayerInspection> layers)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var spans = new List<(int First, int Last)>();
        for (int row = 0; row < layers.Length; row++)
        {
            foreach (string input in layers[row].Inputs)
            {
                if (rows.TryGetValue(input, out int from) && from < row - 1)
                {
                    spans.Add((from, row));
                }
            }

            rows[layers[row].Layer] = row;
        }

        int[] lanes = Lanes.Assign(spans, mayTouch: true);
        return [.. spans.Select((span, i) => new PictureArc(span.First, span.Last, lanes[i], layers[span.Last].Role == LayerRole.Merge))];
    }

    private static ImmutableArray<PictureTie> FindTies(NetworkInspection inspection)
    {
        var rows = inspection.Layers.Select(static (layer, row) => (layer.Layer, row)).ToDictionary(static pair => pair.Layer, static pair => pair.row, StringComparer.Ordinal);
        GroupInspection[] tied = [.. inspection.Groups.Where(static group => group.Layers.Length > 1)];
        int[][] members = Array.ConvertAll(tied, group => group.Layers.Select(layer => rows[layer]).ToArray());
        int[] lanes = Lanes.Assign([.. members.Select(static group => (group.Min(), group.Max()))], mayTouch: false);
        return
        [
            .. tied.Select((group, i) => new PictureTie(group, members[i], lanes[i], PictureColors.Ties[i % PictureColors.Ties.Length])),
        ];
    }
}
