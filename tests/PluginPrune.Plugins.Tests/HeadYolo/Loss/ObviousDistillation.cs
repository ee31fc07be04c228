using PluginPrune.Contracts.Detections;
using PluginPrune.HeadYolo;
using PluginPrune.HeadYolo.Loss;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

/// <summary>
/// What a head learns from another one, written down once more from its definition: every anchor of every cell, probabilities and
/// their divergences as they are, without logits. The alpha of CIoU is found at first and then kept.
/// </summary>
internal sealed class ObviousDistillation
{
    private readonly DistillationSketch _sketch;
    private readonly YoloOptions _options;
    private readonly int _anchors;
    private readonly int _classes;
    private readonly (int Picture, int Anchor, int Row, int Column)[] _cells;
    private readonly Dictionary<(int Picture, int Anchor, int Row, int Column), (double Alpha, double Seen, Box Wanted)> _constants = [];

    public ObviousDistillation(DistillationSketch sketch, YoloOptions options)
    {
        _sketch = sketch;
        _options = options;
        _anchors = sketch.Student.Head.Parameters["mask"].Length;
        _classes = (int)sketch.Student.Head.Number("classes", 0);
        _cells = [.. Cells()];
        foreach ((int Picture, int Anchor, int Row, int Column) cell in _cells)
        {
            Box box = Predict(sketch.Student, sketch.Student.Values, cell);
            Box wanted = Predict(sketch.Teacher, sketch.Teacher.Values, cell);
            double v = Aspect(box, wanted);
            _constants[cell] = (v == 0 ? 0 : v / (1 - box.Iou(wanted) + v), Probability(sketch.Teacher, sketch.Teacher.Values, cell, 4, 1), wanted);
        }
    }

    public (double Box, double Objectness, double Class) Compute(double[] values)
    {
        double cellArea = (double)_sketch.Student.Picture.Width / _sketch.Student.Shape.Width * _sketch.Student.Picture.Height / _sketch.Student.Shape.Height;
        double seen = _constants.Values.Sum(static cell => cell.Seen);
        double over = _options.Average == LossAverage.Pictures ? _sketch.Student.Targets.Count : Math.Max(1, seen);
        double box = 0;
        double objectness = 0;
        double classes = 0;
        foreach ((int Picture, int Anchor, int Row, int Column) cell in _cells)
        {
            (double alpha, double weight, Box wanted) = _constants[cell];
            box += weight * Distance(Predict(_sketch.Student, values, cell), wanted, alpha);
            objectness += Divergence(values, cell, 4);
            for (int i = 0; i < _classes; i++)
            {
                classes += weight * Divergence(values, cell, 5 + i);
            }
        }

        return (_sketch.BoxGain * _options.BoxGain * box / over,
            _sketch.ScoreGain * _options.ObjectnessGain * Math.Pow(256 / cellArea, _options.Balance) * objectness / _cells.Length,
            _sketch.ScoreGain * _options.ClassGain * classes / over);
    }

    private IEnumerable<(int Picture, int Anchor, int Row, int Column)> Cells() =>
        from picture in Enumerable.Range(0, _sketch.Student.Targets.Count)
        from anchor in Enumerable.Range(0, _anchors)
        from row in Enumerable.Range(0, _sketch.Student.Shape.Height)
        from column in Enumerable.Range(0, _sketch.Student.Shape.Width)
        select (picture, anchor, row, column);

    private double Divergence(double[] values, (int Picture, int Anchor, int Row, int Column) cell, int channel)
    {
        double found = Probability(_sketch.Student, values, cell, channel, _sketch.Temperature);
        double wanted = Probability(_sketch.Teacher, _sketch.Teacher.Values, cell, channel, _sketch.Temperature);
        return ((wanted * Math.Log(wanted / found)) + ((1 - wanted) * Math.Log((1 - wanted) / (1 - found)))) * _sketch.Temperature * _sketch.Temperature;
    }

    // p^(1/T) / (p^(1/T) + (1 - p)^(1/T)) is the logistic function of the logit divided by T.
    private static double Probability(LossSketch sketch, double[] values, (int Picture, int Anchor, int Row, int Column) cell, int channel, double temperature)
    {
        double value = values[sketch.IndexOf(cell.Picture, cell.Anchor, channel, cell.Row, cell.Column)];
        double yes = Math.Pow(IsActivated(sketch) ? value : 1 / (1 + Math.Exp(-value)), 1 / temperature);
        double no = Math.Pow(IsActivated(sketch) ? 1 - value : 1 / (1 + Math.Exp(value)), 1 / temperature);
        return yes / (yes + no);
    }

    private static Box Predict(LossSketch sketch, double[] values, (int Picture, int Anchor, int Row, int Column) cell)
    {
        int anchor = (int)sketch.Head.Parameters["mask"][cell.Anchor];
        double stretch = sketch.Head.Number("scale_x_y", 1);
        double Value(int channel) => values[sketch.IndexOf(cell.Picture, cell.Anchor, channel, cell.Row, cell.Column)];
        double Center(int channel) => ((IsActivated(sketch) ? Value(channel) : 1 / (1 + Math.Exp(-Value(channel)))) * stretch) - ((stretch - 1) / 2);
        double Factor(int channel) => IsActivated(sketch) ? Math.Pow(2 * Value(channel), 2) : Math.Exp(Value(channel));
        return Box.FromCenter(
            (Center(0) + cell.Column) * sketch.Picture.Width / sketch.Shape.Width,
            (Center(1) + cell.Row) * sketch.Picture.Height / sketch.Shape.Height,
            Factor(2) * LossSketch.Anchors[2 * anchor],
            Factor(3) * LossSketch.Anchors[(2 * anchor) + 1]);
    }

    private static bool IsActivated(LossSketch sketch) => sketch.Head.Number("new_coords", 0) != 0;

    private static double Aspect(Box box, Box wanted) =>
        4 / Math.Pow(Math.PI, 2) * Math.Pow(Math.Atan(wanted.Width / wanted.Height) - Math.Atan(box.Width / box.Height), 2);

    private double Distance(Box box, Box wanted, double alpha)
    {
        double iou = box.Iou(wanted);
        var around = new Box(Math.Min(box.Left, wanted.Left), Math.Min(box.Top, wanted.Top), Math.Max(box.Right, wanted.Right), Math.Max(box.Bottom, wanted.Bottom));
        double apart = (Math.Pow(box.Left + box.Right - wanted.Left - wanted.Right, 2) + Math.Pow(box.Top + box.Bottom - wanted.Top - wanted.Bottom, 2)) / 4
            / (Math.Pow(around.Width, 2) + Math.Pow(around.Height, 2));
        return _options.Box switch
        {
            BoxLoss.Iou => 1 - iou,
            BoxLoss.Giou => 1 - iou + ((around.Area - (box.Area + wanted.Area - box.Intersect(wanted))) / around.Area),
            BoxLoss.Diou => 1 - iou + apart,
            _ => 1 - iou + apart + (alpha * Aspect(box, wanted)),
        };
    }
}
