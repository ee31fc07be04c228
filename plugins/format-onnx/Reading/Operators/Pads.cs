using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Zeros around a map, or before and behind its channels.</summary>
internal static class Pads
{
    private const int Largest = ushort.MaxValue;

    public static bool TryRead(OperatorScope s)
    {
        long[] pads = s.IntegersAt(1, "pads") ?? [];
        if (s[0] is not Value { IsMap: true } value || pads.Length != 8 || !IsZero(s) || s[3] is not null || Array.Exists(pads, static pad => pad is < 0 or > Largest) || pads[0] + pads[4] != 0)
        {
            return false;
        }

        bool hasChannels = pads[1] + pads[5] > 0;
        bool hasPlaces = pads[2] + pads[3] + pads[6] + pads[7] > 0;
        if (hasChannels && hasPlaces)
        {
            return false;
        }

        if (hasChannels)
        {
            s.Give(new ChannelPadding((int)pads[1], (int)pads[5]), s.X);
            return true;
        }

        Padding own = value.Margin;
        Value x = value.Margin == default ? s.X : value;
        s.Give(x with
        {
            Margin = new Padding(own.Top + (int)pads[2], own.Left + (int)pads[3], own.Bottom + (int)pads[6], own.Right + (int)pads[7]),
            Extents = [1, x.Extents[1], x.Extents[2] + (int)(pads[2] + pads[6]), x.Extents[3] + (int)(pads[3] + pads[7])],
        });
        return true;
    }

    private static bool IsZero(OperatorScope s) =>
        s.Text("mode", "constant") == "constant" && s.Float("value", 0) == 0 && (s[2] is null || s.ConstantAt(2) is { Count: 1 } constant && constant.Numbers[0] == 0);
}
