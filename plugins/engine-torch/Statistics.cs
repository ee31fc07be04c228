using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch;

/// <summary>Numbers for the channels of a value.</summary>
internal static class Statistics
{
    public static double[] Reduce(Tensor value, Shape shape, ChannelStatistic statistic)
    {
        double[] numbers = new double[shape.Channels];
        int which = statistic switch
        {
            ChannelStatistic.Mean => 0,
            ChannelStatistic.MeanOfSquares => 1,
            ChannelStatistic.MeanOfAbsolutes => 2,
            ChannelStatistic.ShareOfZeros => 3,
            ChannelStatistic.Maximum => 4,
            _ => throw new ArgumentOutOfRangeException(nameof(statistic), statistic, "There is no such statistic."),
        };
        TorchException.Check(Shim.pp_channel_statistic(value.Handle, which, numbers));
        return numbers;
    }
}
