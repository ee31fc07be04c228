namespace PluginPrune.DatasetSynthetic.Shapes;

/// <summary>Where a shape that fills the unit circle is in the picture, how large, and how it is turned.</summary>
/// <param name="X">The centre in pixels.</param>
/// <param name="Y">The centre in pixels.</param>
/// <param name="RadiusX">Half the width before it is turned, in pixels.</param>
/// <param name="RadiusY">Half the height before it is turned, in pixels.</param>
/// <param name="Cos">Of the angle.</param>
/// <param name="Sin">Of the angle.</param>
internal readonly record struct Pose(float X, float Y, float RadiusX, float RadiusY, float Cos, float Sin)
{
    public (float X, float Y) ToPicture(float u, float v)
    {
        float a = u * RadiusX;
        float b = v * RadiusY;
        return (X + (a * Cos) - (b * Sin), Y + (a * Sin) + (b * Cos));
    }

    public (float U, float V) ToUnit(float x, float y)
    {
        float a = x - X;
        float b = y - Y;
        return (((a * Cos) + (b * Sin)) / RadiusX, ((b * Cos) - (a * Sin)) / RadiusY);
    }
}
