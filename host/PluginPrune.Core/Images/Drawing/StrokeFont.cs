using System.Numerics;

namespace PluginPrune.Core.Images.Drawing;

/// <summary>
/// Text of a size, drawn with a round pen and smoothed edges. Heights of letters and widths of glyphs are brought to whole
/// pixels, so that stems and bars are crisp in small sizes too.
/// </summary>
internal sealed class StrokeFont
{
    private const float Capital = 8;
    private const float SmallTop = 2.8f;
    private const float Tail = 10.6f;
    private const float Gap = 1.7f;
    private const float Space = 2.6f;

    private readonly float _pen;
    private readonly float _unit;
    private readonly Dictionary<char, GlyphStrokes> _glyphs = [];

    /// <summary>Prepares a size.</summary>
    /// <param name="capitalHeight">From the baseline to the top of a capital, in pixels.</param>
    public StrokeFont(int capitalHeight)
    {
        // What is drawn reaches half a pen above and below. Half pixels keep the weight even from size to size.
        _pen = Math.Max(1, MathF.Round(capitalHeight * 0.27f) / 2);
        Pen = (int)MathF.Ceiling(_pen);
        _unit = Math.Max(1, capitalHeight - _pen) / Capital;
        Ascent = (int)MathF.Round(Capital * _unit) + Pen;
        Descent = (int)MathF.Ceiling((Tail - Capital) * _unit);
    }

    /// <summary>How thick strokes are, in pixels, rounded up.</summary>
    public int Pen { get; }

    /// <summary>From the top of capitals to the baseline.</summary>
    public int Ascent { get; }

    /// <summary>How far tails reach below the baseline.</summary>
    public int Descent { get; }

    /// <summary>The width of a text in pixels.</summary>
    public int Measure(string text)
    {
        int width = 0;
        foreach (char character in text)
        {
            width += Advance(character);
        }

        return Math.Max(0, width - SpaceBetween);
    }

    /// <summary>Draws a text.</summary>
    /// <param name="canvas">What it is drawn on.</param>
    /// <param name="text">One line.</param>
    /// <param name="left">Where it begins.</param>
    /// <param name="top">The top of its capitals.</param>
    /// <param name="color">Its colour.</param>
    public void Draw(Canvas canvas, string text, int left, int top, Rgb color)
    {
        foreach (char character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                DrawGlyph(canvas, Glyph(character), left, top, color);
            }

            left += Advance(character);
        }
    }

    private int SpaceBetween => Math.Max(1, (int)MathF.Round((Gap * _unit) - (_pen * 0.25f)));

    private int Advance(char character) => char.IsWhiteSpace(character)
        ? (int)MathF.Round(Space * _unit) + SpaceBetween
        : (int)MathF.Round(Glyph(character).Width * _unit) + Pen + SpaceBetween;

    private GlyphStrokes Glyph(char character)
    {
        if (!_glyphs.TryGetValue(character, out GlyphStrokes? glyph))
        {
            glyph = new GlyphStrokes(StrokeGlyphs.Of(character));
            _glyphs.Add(character, glyph);
        }

        return glyph;
    }

    private void DrawGlyph(Canvas canvas, GlyphStrokes glyph, int left, int top, Rgb color)
    {
        float stretch = glyph.Width > 0 ? MathF.Round(glyph.Width * _unit) / glyph.Width : 0;
        float radius = _pen / 2;
        (Vector2 From, Vector2 To)[] pieces = [.. glyph.Pieces.Select(piece => (Place(piece.From), Place(piece.To)))];
        int right = (int)MathF.Ceiling((glyph.Width * stretch) + Pen) + 1;
        for (int y = -Pen - (int)_unit; y <= Ascent + Descent + Pen; y++)
        {
            for (int x = -1; x <= right; x++)
            {
                float nearest = float.MaxValue;
                var pixel = new Vector2(x + 0.5f, y + 0.5f);
                foreach ((Vector2 from, Vector2 to) in pieces)
                {
                    nearest = Math.Min(nearest, SquareDistance(pixel, from, to));
                }

                float cover = Math.Clamp(radius + 0.5f - MathF.Sqrt(nearest), 0, 1);
                if (cover > 0)
                {
                    canvas.Lay(left + x, top + y, color, (int)(cover * 256));
                }
            }
        }

        Vector2 Place(Vector2 point) => new((point.X * stretch) + radius, Height(point.Y) + radius);
    }

    /// <summary>Tops of small letters and the baseline fall on whole pixels; what lies between is stretched.</summary>
    private float Height(float y)
    {
        float small = MathF.Round(SmallTop * _unit);
        float baseline = MathF.Round(Capital * _unit);
        return y <= 0 ? y * _unit
            : y <= SmallTop ? y * small / SmallTop
            : y <= Capital ? small + ((y - SmallTop) * (baseline - small) / (Capital - SmallTop))
            : baseline + ((y - Capital) * _unit);
    }

    private static float SquareDistance(Vector2 point, Vector2 from, Vector2 to)
    {
        Vector2 along = to - from;
        float length = along.LengthSquared();
        float share = length > 0 ? Math.Clamp(Vector2.Dot(point - from, along) / length, 0, 1) : 0;
        return Vector2.DistanceSquared(point, from + (along * share));
    }
}
