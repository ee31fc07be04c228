using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Measuring;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Measuring;

/// <summary>How many sessions measure at the same time.</summary>
public sealed class MeasuringShareTests
{
    [Theory]
    [InlineData(8, 100, 1, 8, 1)]
    [InlineData(8, 3, 1, 3, 1)]
    [InlineData(8, 100, 16, 8, 1)]
    [InlineData(8, 2, 16, 2, 4)]
    [InlineData(1, 100, 1, 1, 0)]
    public void There_is_one_for_each_thread_or_batch(int parallel, int batches, int batchSize, int sessions, int threads) =>
        MeasuringShare.Of(Network(32), parallel, batches, batchSize).Should().Be(new MeasuringShare(sessions, threads));

    [Theory]
    [InlineData(2048, 1, 3, 2)]
    [InlineData(2048, 16, 1, 8)]
    public void Where_memory_is_short_there_are_fewer_with_more_threads_each(int side, int batchSize, int sessions, int threads) =>
        MeasuringShare.Of(Network(side), 8, 100, batchSize).Should().Be(new MeasuringShare(sessions, threads));

    /// <summary>One layer of 38 channels: 608 MiB of single precision at 2048 pixels.</summary>
    private static Network Network(int side)
    {
        var net = new NetworkBuilder(1, height: side, width: side);
        net.Head(net.Conv("input", 38));
        return net.Build();
    }
}
