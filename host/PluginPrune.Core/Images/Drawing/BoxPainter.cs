using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Images.Drawing;

namespace PluginPrune.Core.Images;

/// <summary>Draws boxes and what they are onto copies of pictures.</summary>
public static class BoxPainter
{
    private const double HaloOpacity = 0.35;

    /// <summary>A copy with the boxes. Lines and letters grow with the picture.</summary>
    /// <param name="picture">Stays as it is.</param>
    /// <param name="boxes">The first one is drawn on top, and its label too.</param>
    public static Picture Draw(Picture picture, IReadOnlyList<DrawnBox> boxes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(boxes);
        Picture copy = picture.Copy();
        var canvas = new Canvas(copy);
        double side = (picture.Width + picture.Height) / 2.0;
        int line = Math.Max(1, (int)Math.Round(side * 0.0038));
        var font = new StrokeFont(Math.Max(9, (int)Math.Round(side * 0.02)));
        for (int i = boxes.Count - 1; i >= 0; i--)
        {
            DrawFrame(canvas, boxes[i], line);
        }

        // The first box chooses its label's place first, and is drawn last.
        int padding = Math.Max(2, font.Pen + (font.Ascent / 5));
        int height = font.Ascent + (2 * padding);
        var places = new LabelPlaces(picture.Size);
        var labels = new Stack<(DrawnBox Box, int Left, int Top, int Width)>();
        foreach (DrawnBox drawn in boxes)
        {
            if (drawn.Label.Length > 0 && Visible(canvas, drawn.Box) is { } box)
            {
                int width = font.Measure(drawn.Label) + (2 * padding);
                (int left, int top) = places.Take(Edges(box, line), line, width, height);
                labels.Push((drawn, left, top, width));
            }
        }

        foreach ((DrawnBox drawn, int left, int top, int width) in labels)
        {
            Rgb color = ClassPalette.ColorOf(drawn.ClassIndex);
            canvas.Fill(left, top, left + width, top + height, color);
            font.Draw(canvas, drawn.Label, left + padding, top + padding, color.TextColor);
        }

        return copy;
    }

    private static void DrawFrame(Canvas canvas, DrawnBox drawn, int line)
    {
        if (Visible(canvas, drawn.Box) is not { } box)
        {
            return;
        }

        // A dark rim on both sides keeps the line visible on its own colour.
        int rim = Math.Max(1, line / 3);
        (int left, int top, int right, int bottom) = Edges(box, line);
        canvas.Frame(left - rim, top - rim, right + rim, bottom + rim, rim, Rgb.Ink, HaloOpacity);
        canvas.Frame(left, top, right, bottom, line, ClassPalette.ColorOf(drawn.ClassIndex));
        if (right - left > 2 * (line + rim) && bottom - top > 2 * (line + rim))
        {
            canvas.Frame(left + line, top + line, right - line, bottom - line, rim, Rgb.Ink, HaloOpacity);
        }
    }

    /// <summary>The part within the picture; null where there is none.</summary>
    private static Box? Visible(Canvas canvas, Box box)
    {
        Box clipped = box.Clip(canvas.Size.Width, canvas.Size.Height);
        return box.IsEmpty || clipped.IsEmpty ? null : clipped;
    }

    /// <summary>Outer edges of the line, whose middle runs along the box, kept within the picture.</summary>
    private static (int Left, int Top, int Right, int Bottom) Edges(Box box, int line)
    {
        int half = line / 2;
        int left = (int)Math.Round(box.Left) - half;
        int top = (int)Math.Round(box.Top) - half;
        int right = (int)Math.Round(box.Right) + half;
        int bottom = (int)Math.Round(box.Bottom) + half;
        return (left, top, Math.Max(right, left + (2 * line)), Math.Max(bottom, top + (2 * line)));
    }
}
