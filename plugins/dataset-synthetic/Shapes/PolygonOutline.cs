using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>A polygon, its corners rounded.</summary>
internal sealed class PolygonOutline : Outline
{
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _edgeX;
    private readonly float[] _edgeY;
    private readonly float[] _inverse;
    private readonly float _round;

    /// <param name="corners">In pixels, in order.</param>
    /// <param name="round">By how much the polygon grows, which rounds its corners.</param>
    public PolygonOutline(ReadOnlySpan<(float X, float Y)> corners, float round)
    {
        int count = corners.Length;
        (_x, _y, _edgeX, _edgeY, _inverse) = (new float[count], new float[count], new float[count], new float[count], new float[count]);
        _round = round;
        float left = float.PositiveInfinity, top = float.PositiveInfinity, right = float.NegativeInfinity, bottom = float.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            (float x, float y) = corners[i];
            (float previousX, float previousY) = corners[i == 0 ? count - 1 : i - 1];
            (_x[i], _y[i]) = (x, y);
            (_edgeX[i], _edgeY[i]) = (previousX - x, previousY - y);
            _inverse[i] = 1 / ((_edgeX[i] * _edgeX[i]) + (_edgeY[i] * _edgeY[i]));
            (left, top, right, bottom) = (MathF.Min(left, x), MathF.Min(top, y), MathF.Max(right, x), MathF.Max(bottom, y));
        }

        Bounds = new Box(left - round, top - round, right + round, bottom + round);
    }

    public override Box Bounds { get; }

    public override float Distance(float x, float y)
    {
        float nearest = float.PositiveInfinity;
        bool isInside = false;
        for (int i = 0; i < _x.Length; i++)
        {
            float edgeX = _edgeX[i];
            float edgeY = _edgeY[i];
            float toX = x - _x[i];
            float toY = y - _y[i];

            // The nearest point of the edge, and whether a ray to the right crosses it.
            float along = Math.Clamp(((toX * edgeX) + (toY * edgeY)) * _inverse[i], 0f, 1f);
            float fromX = toX - (edgeX * along);
            float fromY = toY - (edgeY * along);
            nearest = MathF.Min(nearest, (fromX * fromX) + (fromY * fromY));
            if ((toY < 0) != (toY < edgeY) && ((edgeX * toY) - (edgeY * toX) > 0) == (edgeY > 0))
            {
                isInside = !isInside;
            }
        }

        float distance = MathF.Sqrt(nearest);
        return (isInside ? -distance : distance) - _round;
    }
}
