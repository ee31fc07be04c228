namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>A square picture while it is made: red, green and blue planes of single precision, 0 to 1.</summary>
/// <param name="size">Width and height.</param>
internal sealed class Canvas(int size)
{
    public int Size { get; } = size;

    public float[] Red { get; } = new float[size * size];

    public float[] Green { get; } = new float[size * size];

    public float[] Blue { get; } = new float[size * size];

    public IEnumerable<float[]> Planes => [Red, Green, Blue];

    /// <summary>Lays a colour over a pixel.</summary>
    /// <param name="at">The pixel.</param>
    /// <param name="color">The colour.</param>
    /// <param name="share">How much of it, 0 to 1.</param>
    public void Cover(int at, Color color, float share)
    {
        Red[at] += (color.Red - Red[at]) * share;
        Green[at] += (color.Green - Green[at]) * share;
        Blue[at] += (color.Blue - Blue[at]) * share;
    }

    /// <summary>Darkens a pixel.</summary>
    public void Darken(int at, float share)
    {
        float left = 1 - share;
        Red[at] *= left;
        Green[at] *= left;
        Blue[at] *= left;
    }
}
