using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.Evaluators;

/// <summary>The embedded engine, which keeps a diary and no longer tells where its time goes.</summary>
/// <param name="diary">Takes the network's name and the batch size of each run.</param>
internal sealed class RecordingEngine(List<(string Network, int Batch)> diary) : IEngine
{
    private readonly IEngine _inner = Evaluations.Engine();

    public int Open { get; private set; }

    public IExecutable<float> Compile(Network network)
    {
        Open++;
        return new Executable(this, network.Name, _inner.Compile(network), diary);
    }

    private sealed class Executable(RecordingEngine engine, string name, IExecutable<float> inner, List<(string Network, int Batch)> diary) : IExecutable<float>
    {
        public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
        {
            diary.Add((name, inputs[0].Size));
            return inner.Run(inputs, values, cancellationToken);
        }

        public void Dispose()
        {
            engine.Open--;
            inner.Dispose();
        }
    }
}
