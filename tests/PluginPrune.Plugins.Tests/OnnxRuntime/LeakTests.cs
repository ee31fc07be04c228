using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Memory of the library comes back: the process does not grow.</summary>
[Collection(MemoryCollection.Name)]
public sealed class LeakTests
{
    private const long Megabyte = 1 << 20;

    [OnnxRuntimeFact]
    public void Thousands_of_runs_leave_nothing_behind()
    {
        var b = new NetworkBuilder(1, 1, 4, 4);
        b.Head(b.Conv("input", 1));
        Network network = b.Build();
        Batch<float> picture = Ort.Pictures(1, network.Inputs[0].Shape);
        using IExecutable<float> executable = Ort.Create(1).Compile(network);

        // A tensor or the options of a run take some hundred bytes each: forgotten, they would be tens of megabytes.
        GrowthOver(50_000, () => executable.Run([picture], network.Outputs, CancellationToken.None)).Should().BeLessThan(8 * Megabyte);
    }

    [OnnxRuntimeFact]
    public void Executables_give_back_their_weights()
    {
        var b = new NetworkBuilder(1, 64, 8, 8);
        b.Head(b.Conv(b.Conv("input", 512), 64));
        Network network = b.Build();
        Batch<float> picture = Ort.Pictures(1, network.Inputs[0].Shape);
        IEngine engine = Ort.Create(1);

        // 2.4 MB of weights each: 240 MB where they stayed.
        GrowthOver(100, () =>
        {
            using IExecutable<float> executable = engine.Compile(network);
            executable.Run([picture], network.Outputs, CancellationToken.None);
        }).Should().BeLessThan(80 * Megabyte);
    }

    private static long GrowthOver(int times, Action work)
    {
        for (int i = 0; i < times / 5; i++)
        {
            work();
        }

        long before = ResidentBytes();
        for (int i = 0; i < times; i++)
        {
            work();
        }

        return ResidentBytes() - before;
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
