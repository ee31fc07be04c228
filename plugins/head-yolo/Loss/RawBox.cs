using System.Numerics;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>Reads the four raw outputs of a box, and writes their derivatives.</summary>
internal static class RawBox
{
    public static CenterBox At<T>(ReadOnlySpan<T> values, YoloGrid grid, int anchor, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int at = grid.Offset(anchor, 0) + place;
        return new CenterBox(
            double.CreateTruncating(values[at]),
            double.CreateTruncating(values[at + grid.Places]),
            double.CreateTruncating(values[at + (2 * grid.Places)]),
            double.CreateTruncating(values[at + (3 * grid.Places)]));
    }

    public static void Write<T>(in CenterBox slope, Span<T> gradient, YoloGrid grid, int anchor, int place)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int at = grid.Offset(anchor, 0) + place;
        gradient[at] = T.CreateTruncating(slope.X);
        gradient[at + grid.Places] = T.CreateTruncating(slope.Y);
        gradient[at + (2 * grid.Places)] = T.CreateTruncating(slope.Width);
        gradient[at + (3 * grid.Places)] = T.CreateTruncating(slope.Height);
    }
}
