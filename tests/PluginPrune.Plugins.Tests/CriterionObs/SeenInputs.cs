using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Measuring;
using PluginPrune.Core.Selection;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionObs;

/// <summary>What layers read of a few made-up pictures.</summary>
internal static class SeenInputs
{
    private const int Pictures = 3;

    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    /// <summary>Services that measure, with what else is to be done first.</summary>
    public static PruningServices Services(Action<InputMeasurement>? asked = null) => new(static (name, _) => throw new ContributionNotFoundException(name))
    {
        InputMeter = (context, measurement, token) =>
        {
            asked?.Invoke(measurement);
            return Meter.Measure(context.Network, measurement, context.Seed, token);
        },
    };

    /// <summary>The host's own.</summary>
    public static InputMeter Meter { get; } = new(
        Engine,
        new Dataset("made up", [], [.. Enumerable.Range(0, Pictures).Select(static i => new DatasetItem($"{i}", static () => Stream.Null, []))]),
        static (network, drawn, _) => Batches(network.Inputs[0].Shape, drawn.Items.Length));

    private static IEnumerable<Batch<float>> Batches(Shape shape, int pictures)
    {
        var random = new Random(7);
        for (int i = 0; i < pictures; i++)
        {
            yield return new Batch<float>(1, shape, [.. Enumerable.Range(0, shape.Count).Select(_ => random.NextSingle())]);
        }
    }
}
