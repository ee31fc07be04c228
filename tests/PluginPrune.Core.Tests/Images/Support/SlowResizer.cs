using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Images;

/// <summary>What the three interpolations mean, in double precision and pixel by pixel.</summary>
internal static class SlowResizer
{
    public static double Bilinear(Picture picture, PictureSize size, int x, int y, int channel)
    {
        double fromX = Math.Clamp(((x + 0.5) * picture.Width / size.Width) - 0.5, 0, picture.Width - 1);
        double fromY = Math.Clamp(((y + 0.5) * picture.Height / size.Height) - 0.5, 0, picture.Height - 1);
        int left = (int)fromX;
        int top = (int)fromY;
        double sum = 0;
        for (int row = top; row <= Math.Min(top + 1, picture.Height - 1); row++)
        {
            for (int column = left; column <= Math.Min(left + 1, picture.Width - 1); column++)
            {
                sum += (1 - Math.Abs(fromX - column)) * (1 - Math.Abs(fromY - row)) * picture.Row(row)[(3 * column) + channel];
            }
        }

        return sum;
    }

    public static double Area(Picture picture, PictureSize size, int x, int y, int channel)
    {
        double left = (double)x * picture.Width / size.Width;
        double right = (double)(x + 1) * picture.Width / size.Width;
        double top = (double)y * picture.Height / size.Height;
        double bottom = (double)(y + 1) * picture.Height / size.Height;
        double sum = 0;
        for (int row = (int)top; row < Math.Min(bottom, picture.Height); row++)
        {
            for (int column = (int)left; column < Math.Min(right, picture.Width); column++)
            {
                double share = (Math.Min(right, column + 1) - Math.Max(left, column)) * (Math.Min(bottom, row + 1) - Math.Max(top, row));
                sum += Math.Max(0, share) * picture.Row(row)[(3 * column) + channel];
            }
        }

        return sum / ((right - left) * (bottom - top));
    }

    public static double Nearest(Picture picture, PictureSize size, int x, int y, int channel) =>
        picture.Row((int)((long)y * picture.Height / size.Height))[(3 * (int)((long)x * picture.Width / size.Width)) + channel];
}
