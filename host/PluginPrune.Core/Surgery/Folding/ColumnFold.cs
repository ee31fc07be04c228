using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// How one convolution or linear layer takes up what its input channels held beyond what the small network computes: what is
/// flat and sees no padding goes into the bias, the rest into the column of a constant channel of the same form, where there
/// is one.
/// </summary>
internal sealed class ColumnFold
{
    private readonly Node _layer;
    private readonly int _slices;

    private ColumnFold(Node layer, int slices)
    {
        _layer = layer;
        _slices = slices;
    }

    /// <summary>What goes into the bias, for each input channel; null for nothing.</summary>
    public double[]? Shift { get; private set; }

    /// <summary>What goes into columns of constant channels.</summary>
    public List<CarriedColumn> Carried { get; } = [];

    /// <summary>What would have needed a constant channel and went into the bias.</summary>
    public List<BorderNeed> Needs { get; } = [];

    /// <param name="network">The whole network.</param>
    /// <param name="layer">A convolution or linear layer in it.</param>
    /// <param name="dropped">What the channels of its input contributed.</param>
    /// <param name="constants">What those of them hold that stay as constants.</param>
    /// <param name="liveRows">For each output of the layer whether it depends on the input.</param>
    public static ColumnFold Of(Network network, Node layer, ChannelConstants dropped, ChannelConstants? constants, bool[] liveRows)
    {
        var fold = new ColumnFold(layer, layer.Operation is Convolution { Groups: var groups } ? groups : 1);
        bool isPadded = layer.Operation is Convolution convolution
            && PaddingReach.SeesPadding(convolution, network.ShapeOf(layer.Inputs[0]), network.ShapeOf(layer.Id));
        int width = dropped.Values.Length / fold._slices;
        int rows = liveRows.Length / fold._slices;
        for (int slice = 0; slice < fold._slices; slice++)
        {
            int[] active =
            [
                .. Enumerable.Range(slice * width, width).Where(channel => dropped.Values[channel] != 0),
            ];
            if (active.Length > 0 && liveRows.AsSpan(slice * rows, rows).Contains(true))
            {
                fold.Add(slice, active, isPadded, dropped, constants);
            }
        }

        return fold;
    }

    private void Add(int slice, int[] active, bool isPadded, ChannelConstants dropped, ChannelConstants? constants)
    {
        foreach (IGrouping<int, int> ofForm in active.GroupBy(dropped.FormOf))
        {
            double[] into;
            double unit = 1;
            if (ofForm.Key == ChannelConstants.Flat && !isPadded)
            {
                into = Shift ??= new double[dropped.Values.Length];
            }
            else if (FindCarrier(slice, ofForm.Key, dropped.Values.Length, constants) is { } carrier)
            {
                into = new double[dropped.Values.Length];
                unit = constants!.Values[carrier];
                Carried.Add(new CarriedColumn(carrier, slice, into));
            }
            else
            {
                into = Shift ??= new double[dropped.Values.Length];
                Needs.Add(new BorderNeed(_layer, slice, ofForm.Key));
            }

            foreach (int channel in ofForm)
            {
                into[channel] = dropped.Values[channel] / unit;
            }
        }
    }

    private int? FindCarrier(int slice, int form, int channels, ChannelConstants? constants)
    {
        if (constants is null || form == ChannelConstants.Odd)
        {
            return null;
        }

        int width = channels / _slices;
        for (int channel = slice * width; channel < (slice + 1) * width; channel++)
        {
            if (constants.Values[channel] != 0 && constants.FormOf(channel) == form)
            {
                return channel;
            }
        }

        return null;
    }
}
