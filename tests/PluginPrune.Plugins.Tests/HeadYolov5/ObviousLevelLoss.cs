using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolov5;

namespace PluginPrune.Plugins.Tests.HeadYolov5;

/// <summary>
/// The same loss, written down once more from its definition, without any thought of speed: every anchor of every cell against
/// every object. What is held constant where derivatives are taken is found at first and then kept.
/// </summary>
internal sealed class ObviousLevelLoss
{
    private readonly LevelSketch _sketch;
    private readonly Yolov5Options _options;
    private readonly List<(int Picture, int Anchor, int Row, int Column, TrainingTarget Target, double Alpha)> _matches = [];
    private readonly Dictionary<(int Picture, int Anchor, int Row, int Column), (double Wanted, double Weight)> _objects = [];

    public ObviousLevelLoss(LevelSketch sketch, Yolov5Options options)
    {
        _sketch = sketch;
        _options = options;
        foreach ((int Picture, int Anchor, int Row, int Column) cell in Cells())
        {
            _objects[cell] = (0, 1);
            foreach (TrainingTarget target in sketch.Targets[cell.Picture].Select(target => target with { Box = target.Box.Clip(sketch.Picture.Width, sketch.Picture.Height) }))
            {
                if (!IsAlike(target.Box, cell.Anchor) || !IsNear(target.Box, cell.Row, cell.Column))
                {
                    continue;
                }

                Box box = Predict(sketch.Values, cell.Picture, cell.Anchor, cell.Row, cell.Column);
                double v = Aspect(box, target.Box);
                double alpha = v == 0 ? 0 : v / (1 - box.Iou(target.Box) + v);
                _matches.Add((cell.Picture, cell.Anchor, cell.Row, cell.Column, target, alpha));
                double wanted = 1 - options.ObjectnessIou + (options.ObjectnessIou * Math.Max(0, Ciou(box, target.Box, alpha)));
                _objects[cell] = wanted > _objects[cell].Wanted ? (wanted, target.Weight) : _objects[cell];
            }
        }
    }

    public int Matches => _matches.Count;

    public int Shared => _matches.GroupBy(static match => (match.Picture, match.Anchor, match.Row, match.Column)).Count(static group => group.Count() > 1);

    public (double Box, double Objectness, double Class) Compute(double[] values)
    {
        double box = 0;
        double classes = 0;
        foreach ((int picture, int anchor, int row, int column, TrainingTarget target, double alpha) in _matches)
        {
            box += target.Weight * (1 - Ciou(Predict(values, picture, anchor, row, column), target.Box, alpha)) / _matches.Count;
            for (int i = 0; i < _sketch.Classes; i++)
            {
                double wanted = i == target.ClassIndex ? 1 - (_options.Smoothing / 2) : _options.Smoothing / 2;
                double entropy = Entropy(values[_sketch.IndexOf(picture, anchor, 5 + i, row, column)], wanted, _options.ClassPositive);
                classes += target.Weight * entropy / _matches.Count / _sketch.Classes;
            }
        }

        double objectness = _objects.Average(cell => cell.Value.Weight
            * Entropy(values[_sketch.IndexOf(cell.Key.Picture, cell.Key.Anchor, 4, cell.Key.Row, cell.Key.Column)], cell.Value.Wanted, _options.ObjectnessPositive));
        (int level, int levels) = ((int)_sketch.Head.Parameters["level"][0], (int)_sketch.Head.Parameters["level"][1]);
        double balance = levels == 3 ? new[] { 4, 1, 0.4 }[level] : new[] { 4, 1, 0.25, 0.06, 0.02 }[level];
        double each = _options.Pictures * 3 / levels;
        return (
            box * _options.BoxGain * each,
            objectness * _options.ObjectnessGain * _sketch.Picture.Width * _sketch.Picture.Height / 640 / 640 * balance * each,
            _sketch.Classes == 1 ? 0 : classes * _options.ClassGain * _sketch.Classes / 80 * each);
    }

    private IEnumerable<(int Picture, int Anchor, int Row, int Column)> Cells() =>
        from picture in Enumerable.Range(0, _sketch.Targets.Count)
        from anchor in Enumerable.Range(0, 3)
        from row in Enumerable.Range(0, _sketch.Shape.Height)
        from column in Enumerable.Range(0, _sketch.Shape.Width)
        select (picture, anchor, row, column);

    private bool IsAlike(Box box, int anchor)
    {
        double[] ratios = [box.Width / LevelSketch.Anchors[2 * anchor], box.Height / LevelSketch.Anchors[(2 * anchor) + 1]];
        return ratios.All(ratio => ratio < _options.AnchorRatio && 1 / ratio < _options.AnchorRatio);
    }

    /// <summary>Whether the centre lies in the cell, or beside it, above it or below it less than half a cell away.</summary>
    private bool IsNear(Box box, int row, int column)
    {
        double x = (box.Left + box.Right) / 2 * _sketch.Shape.Width / _sketch.Picture.Width;
        double y = (box.Top + box.Bottom) / 2 * _sketch.Shape.Height / _sketch.Picture.Height;
        bool isInside = x >= column && x < column + 1 && y >= row && y < row + 1;
        bool isBeside = x > column - 0.5 && x < column + 1.5 && y >= row && y < row + 1;
        bool isAbove = y > row - 0.5 && y < row + 1.5 && x >= column && x < column + 1;
        return isInside || isBeside || isAbove;
    }

    private Box Predict(double[] values, int picture, int anchor, int row, int column)
    {
        double Score(int channel) => 1 / (1 + Math.Exp(-values[_sketch.IndexOf(picture, anchor, channel, row, column)]));
        return Box.FromCenter(
            ((2 * Score(0)) - 0.5 + column) * _sketch.Picture.Width / _sketch.Shape.Width,
            ((2 * Score(1)) - 0.5 + row) * _sketch.Picture.Height / _sketch.Shape.Height,
            Math.Pow(2 * Score(2), 2) * LevelSketch.Anchors[2 * anchor],
            Math.Pow(2 * Score(3), 2) * LevelSketch.Anchors[(2 * anchor) + 1]);
    }

    private static double Aspect(Box box, Box wanted) =>
        4 / Math.Pow(Math.PI, 2) * Math.Pow(Math.Atan(wanted.Width / wanted.Height) - Math.Atan(box.Width / box.Height), 2);

    private static double Ciou(Box box, Box wanted, double alpha)
    {
        double width = Math.Max(box.Right, wanted.Right) - Math.Min(box.Left, wanted.Left);
        double height = Math.Max(box.Bottom, wanted.Bottom) - Math.Min(box.Top, wanted.Top);
        double apart = (Math.Pow(box.Left + box.Right - wanted.Left - wanted.Right, 2) + Math.Pow(box.Top + box.Bottom - wanted.Top - wanted.Bottom, 2)) / 4;
        return box.Iou(wanted) - (apart / ((width * width) + (height * height))) - (alpha * Aspect(box, wanted));
    }

    private double Entropy(double logit, double wanted, double positive)
    {
        double yes = 1 / (1 + Math.Exp(-logit));
        double no = 1 / (1 + Math.Exp(logit));
        double entropy = -((positive * wanted * Math.Log(yes)) + ((1 - wanted) * Math.Log(no)));
        double right = (wanted * yes) + ((1 - wanted) * no);
        return _options.Focal == 0 ? entropy : entropy * ((wanted * 0.25) + ((1 - wanted) * 0.75)) * Math.Pow(1 - right, _options.Focal);
    }
}
