namespace PluginPrune.Core.Images.Drawing;

/// <summary>Finds places for labels where they hide no other label.</summary>
/// <param name="picture">Labels stay within it.</param>
internal sealed class LabelPlaces(PictureSize picture)
{
    private readonly List<(int Left, int Top, int Right, int Bottom)> _taken = [];

    /// <summary>Takes the best free place at a frame; where none is free, the best one all the same.</summary>
    /// <param name="frame">The frame's outer edges.</param>
    /// <param name="line">The thickness of its lines.</param>
    /// <param name="width">The label's width.</param>
    /// <param name="height">The label's height.</param>
    /// <returns>The label's left and top.</returns>
    public (int Left, int Top) Take((int Left, int Top, int Right, int Bottom) frame, int line, int width, int height)
    {
        int right = frame.Right - width;
        int above = frame.Top - height + line;
        int below = frame.Bottom - line;
        int insideTop = Math.Max(0, frame.Top + line);
        int insideBottom = Math.Min(frame.Bottom - line, picture.Height) - height;
        ReadOnlySpan<(int Left, int Top)> places =
        [
            (frame.Left, above), (frame.Left, insideTop), (right, above), (right, insideTop),
            (frame.Left, below), (frame.Left, insideBottom), (right, below), (right, insideBottom),
        ];
        (int Left, int Top)? fallback = null;
        foreach ((int left, int top) in places)
        {
            if (top < 0 || top + height > picture.Height)
            {
                continue;
            }

            int x = Math.Max(0, Math.Min(left, picture.Width - width));
            fallback ??= (x, top);
            if (!_taken.Exists(other => x < other.Right && x + width > other.Left && top < other.Bottom && top + height > other.Top))
            {
                return Keep(x, top, width, height);
            }
        }

        (int fallbackX, int fallbackY) = fallback ?? (Math.Max(0, Math.Min(frame.Left, picture.Width - width)), 0);
        return Keep(fallbackX, fallbackY, width, height);
    }

    private (int Left, int Top) Keep(int left, int top, int width, int height)
    {
        _taken.Add((left, top, left + width, top + height));
        return (left, top);
    }
}
