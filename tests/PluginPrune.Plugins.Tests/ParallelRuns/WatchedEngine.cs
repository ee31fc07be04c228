using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.ParallelRuns;

/// <summary>The embedded engine, which tells who runs it and may be made to misbehave.</summary>
/// <param name="threads">How many runs it takes at once.</param>
internal sealed class WatchedEngine(int threads) : IParallelEngine
{
    private readonly IParallelEngine _inner = ParallelEngines.Create("managed", 1);
    private readonly Lock _turn = new();
    private int _running;

    /// <summary>Called before each run with its input's first element.</summary>
    public Action<float, CancellationToken> BeforeRun { get; init; } = static (_, _) => { };

    public int Threads => threads;

    /// <summary>Executables that were made, and those that were not disposed of.</summary>
    public (int Ordinary, int Parallel, int Open) Made { get; private set; }

    public int Runs { get; private set; }

    public int MostAtOnce { get; private set; }

    public IExecutable<float> Compile(Network network)
    {
        Made = Made with { Ordinary = Made.Ordinary + 1, Open = Made.Open + 1 };
        return new Executable(this, _inner.Compile(network));
    }

    public IExecutable<float> CompileParallel(Network network)
    {
        Made = Made with { Parallel = Made.Parallel + 1, Open = Made.Open + 1 };
        return new Executable(this, _inner.CompileParallel(network));
    }

    private void Count(int change)
    {
        lock (_turn)
        {
            _running += change;
            Runs += Math.Max(change, 0);
            MostAtOnce = Math.Max(MostAtOnce, _running);
        }
    }

    private sealed class Executable(WatchedEngine engine, IExecutable<float> inner) : IExecutable<float>
    {
        public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
        {
            engine.Count(1);
            try
            {
                engine.BeforeRun(inputs[0].Elements[0], cancellationToken);
                return inner.Run(inputs, values, cancellationToken);
            }
            finally
            {
                engine.Count(-1);
            }
        }

        public void Dispose()
        {
            engine.Made = engine.Made with { Open = engine.Made.Open - 1 };
            inner.Dispose();
        }
    }
}
