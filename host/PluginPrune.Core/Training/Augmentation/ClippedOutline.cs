using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>
/// The outline of a box after a map, cut off at the edges of a picture (Sutherland and Hodgman 1974). The box around what is left is
/// tighter than what is left of the box around all, where something was turned. For one thread.
/// </summary>
internal sealed class ClippedOutline
{
    private readonly List<(double X, double Y)> _corners = [];
    private readonly List<(double X, double Y)> _cut = [];

    /// <summary>Cuts.</summary>
    /// <returns>The upright box around what is left, and the area of what is left.</returns>
    public (Box Around, double Area) Clip(Box box, Affine map, PictureSize size)
    {
        _corners.Clear();
        _corners.AddRange([map.Of(box.Left, box.Top), map.Of(box.Right, box.Top), map.Of(box.Right, box.Bottom), map.Of(box.Left, box.Bottom)]);
        Cut(static (corner, _) => corner.X, 0);
        Cut(static (corner, width) => width - corner.X, size.Width);
        Cut(static (corner, _) => corner.Y, 0);
        Cut(static (corner, height) => height - corner.Y, size.Height);
        if (_corners.Count == 0)
        {
            return default;
        }

        (double left, double top) = _corners[0];
        (double right, double bottom) = _corners[0];
        double twice = 0;
        (double X, double Y) last = _corners[^1];
        foreach ((double x, double y) in _corners)
        {
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            twice += (last.X * y) - (x * last.Y);
            last = (x, y);
        }

        // Where an edge was crossed, rounding may have left a corner a trifle beyond it.
        return (new Box(left, top, right, bottom).Clip(size.Width, size.Height), Math.Abs(twice) / 2);
    }

    /// <summary>Keeps what lies on an edge's inner side, where the distance is 0 or more.</summary>
    private void Cut(Func<(double X, double Y), double, double> distance, double limit)
    {
        _cut.Clear();
        for (int i = 0; i < _corners.Count; i++)
        {
            (double X, double Y) from = _corners[i == 0 ? _corners.Count - 1 : i - 1];
            (double X, double Y) to = _corners[i];
            double before = distance(from, limit);
            double after = distance(to, limit);
            if (before < 0 != after < 0)
            {
                double share = before / (before - after);
                _cut.Add((from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y))));
            }

            if (after >= 0)
            {
                _cut.Add(to);
            }
        }

        _corners.Clear();
        _corners.AddRange(_cut);
    }
}
