namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>Paints straight lines with smooth edges, row by row where they pass.</summary>
internal static class StrokePainter
{
    public static void Paint(Canvas canvas, Stroke stroke)
    {
        float edgeX = stroke.ToX - stroke.FromX;
        float edgeY = stroke.ToY - stroke.FromY;
        float square = (edgeX * edgeX) + (edgeY * edgeY);
        if (square < 1)
        {
            return;
        }

        float inverse = 1 / square;
        float half = stroke.Width / 2;

        // In a row the line is met around one place, and as far from it as it is slanted.
        float reach = edgeY == 0 ? canvas.Size : MathF.Min(canvas.Size, (half + 1) * MathF.Sqrt(square) / MathF.Abs(edgeY) + 1);
        int top = (int)Math.Clamp(MathF.Min(stroke.FromY, stroke.ToY) - half - 1, 0f, canvas.Size);
        int bottom = (int)Math.Clamp(MathF.Max(stroke.FromY, stroke.ToY) + half + 2, 0f, canvas.Size);
        for (int y = top; y < bottom; y++)
        {
            float along = edgeY == 0 ? 0 : (y + 0.5f - stroke.FromY) / edgeY;
            float middle = stroke.FromX + (edgeX * Math.Clamp(along, 0f, 1f));
            int left = edgeY == 0 ? 0 : (int)Math.Clamp(middle - reach, 0f, canvas.Size);
            int right = edgeY == 0 ? canvas.Size : (int)Math.Clamp(middle + reach + 1, 0f, canvas.Size);
            for (int x = left; x < right; x++)
            {
                float toX = x + 0.5f - stroke.FromX;
                float toY = y + 0.5f - stroke.FromY;
                float share = Math.Clamp(((toX * edgeX) + (toY * edgeY)) * inverse, 0f, 1f);
                float fromX = toX - (edgeX * share);
                float fromY = toY - (edgeY * share);
                float cover = half + 0.5f - MathF.Sqrt((fromX * fromX) + (fromY * fromY));
                if (cover > 0)
                {
                    canvas.Cover((y * canvas.Size) + x, stroke.Color, MathF.Min(cover, MathF.Min(1, stroke.Width)) * stroke.Opacity);
                }
            }
        }
    }
}
