using System.Globalization;
using System.Numerics;

namespace PluginPrune.Core.Images.Drawing;

/// <summary>A glyph's strokes as straight pieces.</summary>
internal sealed class GlyphStrokes
{
    private const int PiecesOfCurve = 8;

    private readonly List<(Vector2 From, Vector2 To)> _pieces = [];

    /// <summary>Parses strokes, see <see cref="StrokeGlyphs"/>.</summary>
    public GlyphStrokes(string strokes)
    {
        Vector2 pen = default;
        Vector2? control = null;
        foreach (string word in strokes.Split(' '))
        {
            // The control point of 'q' comes first, its end as a word without a letter.
            char kind = char.IsAsciiLetter(word[0]) ? word[0] : 'e';
            string[] place = word[(kind == 'e' ? 0 : 1)..].Split(',');
            var point = new Vector2(float.Parse(place[0], CultureInfo.InvariantCulture), float.Parse(place[1], CultureInfo.InvariantCulture));
            if (kind == 'q')
            {
                control = point;
                continue;
            }

            if (kind == 'l')
            {
                _pieces.Add((pen, point));
            }
            else if (kind != 'm')
            {
                AddCurve(pen, point, control, kind);
            }

            pen = point;
        }

        Width = _pieces.Max(static piece => Math.Max(piece.From.X, piece.To.X));
    }

    /// <summary>From 0 to the rightmost stroke's middle.</summary>
    public float Width { get; }

    public IReadOnlyList<(Vector2 From, Vector2 To)> Pieces => _pieces;

    private void AddCurve(Vector2 start, Vector2 end, Vector2? control, char kind)
    {
        Vector2 last = start;
        for (int i = 1; i <= PiecesOfCurve; i++)
        {
            float t = (float)i / PiecesOfCurve;
            (float sine, float cosine) = MathF.SinCos(t * MathF.PI / 2);
            Vector2 next = kind switch
            {
                'h' => new(start.X + ((end.X - start.X) * sine), end.Y + ((start.Y - end.Y) * cosine)),
                'v' => new(end.X + ((start.X - end.X) * cosine), start.Y + ((end.Y - start.Y) * sine)),
                _ => Vector2.Lerp(Vector2.Lerp(start, control!.Value, t), Vector2.Lerp(control.Value, end, t), t),
            };
            _pieces.Add((last, next));
            last = next;
        }
    }
}
