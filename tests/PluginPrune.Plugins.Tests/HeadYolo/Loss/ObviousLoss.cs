using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo;
using PluginPrune.HeadYolo.Loss;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

/// <summary>
/// The same loss, written down once more from its definition, without any thought of speed: every anchor of every cell against
/// every object. What is held constant where derivatives are taken is found at first and then kept.
/// </summary>
internal sealed class ObviousLoss
{
    private readonly LossSketch _sketch;
    private readonly YoloOptions _options;
    private readonly int[] _mask;
    private readonly int _classes;
    private readonly int _rows;
    private readonly int _columns;

    // For each picture, anchor, row and column: the object, or -1, or -2 where nothing is learnt.
    private readonly Dictionary<(int Picture, int Anchor, int Row, int Column), int> _learns = [];
    private readonly Dictionary<(int Picture, int Anchor, int Row, int Column), (double Iou, double Alpha)> _constants = [];

    public ObviousLoss(LossSketch sketch, YoloOptions options)
    {
        _sketch = sketch;
        _options = options;
        _mask = [.. sketch.Head.Parameters["mask"].Select(static index => (int)index)];
        _classes = (int)sketch.Head.Number("classes", 0);
        (_rows, _columns) = (sketch.Shape.Height, sketch.Shape.Width);
        double ignore = options.IgnoreIou ?? sketch.Head.Number("ignore_thresh", 0);
        foreach ((int Picture, int Anchor, int Row, int Column) cell in Cells())
        {
            List<Box> boxes = [.. sketch.Targets[cell.Picture].Select(target => target.Box.Clip(sketch.Picture.Width, sketch.Picture.Height))];
            int learns = -1;
            for (int i = 0; i < boxes.Count; i++)
            {
                if (Wants(boxes[i], cell) && (learns < 0 || Rank(boxes[i], cell.Anchor).CompareTo(Rank(boxes[learns], cell.Anchor)) > 0))
                {
                    learns = i;
                }
            }

            if (learns >= 0)
            {
                double iou = Predict(sketch.Values, cell).Iou(boxes[learns]);
                double v = Aspect(Predict(sketch.Values, cell), boxes[learns]);
                _constants[cell] = (iou, v == 0 ? 0 : v / (1 - iou + v));
            }
            else if (ignore < 1 && boxes.Exists(box => Predict(sketch.Values, cell).Iou(box) > ignore))
            {
                learns = -2;
            }

            _learns[cell] = learns;
        }
    }

    public int Positives => _constants.Count;

    public int Ignored => _learns.Values.Count(static state => state == -2);

    public (double Box, double Objectness, double Class) Compute(double[] values)
    {
        double cellArea = (double)_sketch.Picture.Width / _columns * _sketch.Picture.Height / _rows;
        double all = (double)_sketch.Targets.Count * _mask.Length * _rows * _columns;
        double over = _options.Average == LossAverage.Pictures ? _sketch.Targets.Count : Math.Max(1, Positives);
        double box = 0;
        double objectness = 0;
        double classes = 0;
        foreach ((int Picture, int Anchor, int Row, int Column) cell in Cells().Where(cell => _learns[cell] != -2))
        {
            double Value(int channel) => values[_sketch.IndexOf(cell.Picture, cell.Anchor, channel, cell.Row, cell.Column)];
            double weight = 1;
            double isObject = 0;
            if (_learns[cell] >= 0)
            {
                TrainingTarget target = _sketch.Targets[cell.Picture][_learns[cell]];
                Box wanted = target.Box.Clip(_sketch.Picture.Width, _sketch.Picture.Height);
                weight = target.Weight;
                isObject = 1 - _options.ObjectnessIou + (_options.ObjectnessIou * _constants[cell].Iou);
                box += weight * (1 - Overlap(Predict(values, cell), wanted, _constants[cell].Alpha));
                for (int i = 0; i < _classes; i++)
                {
                    double isClass = i == target.ClassIndex ? 1 - (_options.Smoothing / 2) : _options.Smoothing / 2;
                    classes += weight * Entropy(Value(5 + i), isClass, _options.ClassPositive, _options.ClassFocal);
                }
            }

            objectness += weight * Entropy(Value(4), isObject, _options.ObjectnessPositive, _options.ObjectnessFocal);
        }

        return (box * _options.BoxGain / over,
            objectness * _options.ObjectnessGain * Math.Pow(256 / cellArea, _options.Balance) / all,
            classes * _options.ClassGain / over);
    }

    private IEnumerable<(int Picture, int Anchor, int Row, int Column)> Cells() =>
        from picture in Enumerable.Range(0, _sketch.Targets.Count)
        from anchor in Enumerable.Range(0, _mask.Length)
        from row in Enumerable.Range(0, _rows)
        from column in Enumerable.Range(0, _columns)
        select (picture, anchor, row, column);

    private bool Wants(Box box, (int Picture, int Anchor, int Row, int Column) cell)
    {
        double x = (box.Left + box.Right) / 2 * _columns / _sketch.Picture.Width;
        double y = (box.Top + box.Bottom) / 2 * _rows / _sketch.Picture.Height;
        (int IsBest, double Iou) rank = Rank(box, cell.Anchor);
        return Math.Min((int)x, _columns - 1) == cell.Column && Math.Min((int)y, _rows - 1) == cell.Row && (rank.Iou > _options.AnchorIou || rank.IsBest == 1);
    }

    private (int IsBest, double Iou) Rank(Box box, int anchor)
    {
        double[] all = [.. Enumerable.Range(0, LossSketch.Anchors.Length / 2).Select(i =>
            Box.FromCenter(0, 0, LossSketch.Anchors[2 * i], LossSketch.Anchors[(2 * i) + 1]).Iou(Box.FromCenter(0, 0, box.Width, box.Height)))];
        return (Array.IndexOf(all, all.Max()) == _mask[anchor] ? 1 : 0, all[_mask[anchor]]);
    }

    private Box Predict(double[] values, (int Picture, int Anchor, int Row, int Column) cell)
    {
        bool isActivated = _sketch.Head.Number("new_coords", 0) != 0;
        double stretch = _sketch.Head.Number("scale_x_y", 1);
        double Value(int channel) => values[_sketch.IndexOf(cell.Picture, cell.Anchor, channel, cell.Row, cell.Column)];
        double Center(int channel) => ((isActivated ? Value(channel) : 1 / (1 + Math.Exp(-Value(channel)))) * stretch) - ((stretch - 1) / 2);
        double Factor(int channel) => isActivated ? Math.Pow(2 * Value(channel), 2) : Math.Exp(Value(channel));
        return Box.FromCenter(
            (Center(0) + cell.Column) * _sketch.Picture.Width / _columns,
            (Center(1) + cell.Row) * _sketch.Picture.Height / _rows,
            Factor(2) * LossSketch.Anchors[2 * _mask[cell.Anchor]],
            Factor(3) * LossSketch.Anchors[(2 * _mask[cell.Anchor]) + 1]);
    }

    private static double Aspect(Box box, Box wanted) =>
        4 / Math.Pow(Math.PI, 2) * Math.Pow(Math.Atan(wanted.Width / wanted.Height) - Math.Atan(box.Width / box.Height), 2);

    private double Overlap(Box box, Box wanted, double alpha)
    {
        double iou = box.Iou(wanted);
        var around = new Box(
            Math.Min(box.Left, wanted.Left), Math.Min(box.Top, wanted.Top), Math.Max(box.Right, wanted.Right), Math.Max(box.Bottom, wanted.Bottom));
        double distance = (Math.Pow(box.Left + box.Right - wanted.Left - wanted.Right, 2) + Math.Pow(box.Top + box.Bottom - wanted.Top - wanted.Bottom, 2)) / 4
            / (Math.Pow(around.Width, 2) + Math.Pow(around.Height, 2));
        return _options.Box switch
        {
            BoxLoss.Iou => iou,
            BoxLoss.Giou => iou - ((around.Area - (box.Area + wanted.Area - box.Intersect(wanted))) / around.Area),
            BoxLoss.Diou => iou - distance,
            _ => iou - distance - (alpha * Aspect(box, wanted)),
        };
    }

    private double Entropy(double value, double target, double positive, double exponent)
    {
        bool isActivated = _sketch.Head.Number("new_coords", 0) != 0;
        double yes = isActivated ? value : 1 / (1 + Math.Exp(-value));
        double no = isActivated ? 1 - value : 1 / (1 + Math.Exp(value));
        double wrong = (target * no) + ((1 - target) * yes);
        return -((positive * target * Math.Log(yes)) + ((1 - target) * Math.Log(no))) * Math.Pow(wrong, exponent);
    }
}
