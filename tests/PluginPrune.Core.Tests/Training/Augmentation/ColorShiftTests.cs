using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Augmentation;

public sealed class ColorShiftTests
{
    [Fact]
    public void Every_colour_becomes_what_an_obvious_computation_makes_of_it()
    {
        foreach (ColorGains gains in new ColorGains[] { new(1, 1, 1), new(1.1, 0.4, 1.3), new(0.9, 1.7, 0.6), new(1.015, 1.3, 1.4), new(0, 1, 1), new(2, 2, 2) })
        {
            var sut = new ColorShift();
            sut.Prepare(gains);
            byte[] pixel = new byte[3];
            for (int color = 0; color < 1 << 24; color += 41)
            {
                (pixel[0], pixel[1], pixel[2]) = ((byte)(color >> 16), (byte)(color >> 8), (byte)color);
                (double red, double green, double blue) = Expected(pixel, gains);

                sut.Apply(pixel);

                if (Math.Abs(pixel[0] - red) > 0.501 || Math.Abs(pixel[1] - green) > 0.501 || Math.Abs(pixel[2] - blue) > 0.501)
                {
                    pixel.Should().Equal([(byte)red, (byte)green, (byte)blue], "colour {0:x6}, {1}", color, gains);
                }
            }
        }
    }

    [Fact]
    public void Grey_stays_grey_and_only_its_brightness_changes()
    {
        var sut = new ColorShift();
        sut.Prepare(new ColorGains(1.3, 1.9, 1.2));
        byte[] pixels = [100, 100, 100, 0, 0, 0, 240, 240, 240];

        sut.Apply(pixels);

        pixels.Should().Equal(120, 120, 120, 0, 0, 0, 255, 255, 255);
    }

    /// <summary>The textbook's way through the colour circle, hue, saturation and value rounded to 8 bits as OpenCV documents them.</summary>
    private static (double Red, double Green, double Blue) Expected(byte[] pixel, ColorGains gains)
    {
        (double red, double green, double blue) = (pixel[0], pixel[1], pixel[2]);
        double value = Math.Max(red, Math.Max(green, blue));
        double range = value - Math.Min(red, Math.Min(green, blue));
        double degrees = range == 0 ? 0
            : value == red ? 60 * (green - blue) / range
            : value == green ? 120 + (60 * (blue - red) / range)
            : 240 + (60 * (red - green) / range);

        // OpenCV takes the quotients from tables of 12 bits after the point. The product is whole.
        int hue = (int)Math.Floor((range == 0 ? 0 : Math.Round(degrees * range / 60) * Math.Round((180 << 12) / (6 * range)) / 4096) + 0.5);
        int saturation = (int)Math.Floor((value == 0 ? 0 : range * Math.Round((255 << 12) / value) / 4096) + 0.5);
        double newHue = Math.Floor((hue < 0 ? hue + 180 : hue) * gains.Hue % 180) * 2;
        double newSaturation = Math.Floor(Math.Min(saturation * gains.Saturation, 255)) / 255;
        double newValue = Math.Floor(Math.Min(value * gains.Brightness, 255));
        return (Channel(5), Channel(3), Channel(1));

        double Channel(double n)
        {
            double k = (n + (newHue / 60)) % 6;
            return newValue - (newValue * newSaturation * Math.Max(0, Math.Min(1, Math.Min(k, 4 - k))));
        }
    }
}
