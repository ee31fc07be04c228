using System.Collections.Immutable;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.CriterionSubspace;
using PluginPrune.Plugins.Tests.Inspection;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.CriterionSubspace;

/// <summary>The criterion, asked as the host asks it.</summary>
internal static class Subspace
{
    public static IPruningCriterion Criterion(params (string Name, string Value)[] options) => PluginFactory.Create<SubspacePlugin, IPruningCriterion>("subspace", options);

    public static ChannelDecision Decide(Network network, int seed, params (string Name, string Value)[] options)
    {
        NetworkAnalysis analysis = NetworkAnalysis.Of(network, PruningScope.Full);
        return Criterion(options).Decide(new PruningContext(network, analysis.Groups, InspectedModels.Services) { Seed = seed }, CancellationToken.None);
    }

    /// <summary>The places of the filters of one layer, and what is said of it.</summary>
    public static (double[] Places, LayerNote Note) Of(float[][] filters, params (string Name, string Value)[] options) => Of(filters, 0, options);

    /// <inheritdoc cref="Of(float[][], ValueTuple{string, string}[])" />
    public static (double[] Places, LayerNote Note) Of(float[][] filters, int seed, params (string Name, string Value)[] options)
    {
        ChannelDecision decision = Decide(Network(filters), seed, options);
        return (decision.Scores.Single().Values, decision.Notes.Single());
    }

    /// <summary>Convolutions of 1 x 1 without batch norm: the first with the given filters, the second for a head to read.</summary>
    public static Network Network(float[][] filters)
    {
        var net = new NetworkBuilder(1, channels: filters[0].Length, height: 2, width: 2);
        string first = net.Add(new Convolution(Tensor.FromFloats(new Shape(filters.Length, filters[0].Length, 1, 1), [.. filters.SelectMany(static filter => filter)]), null), "input");
        net.Head(net.Conv(first, 3, size: 1));
        return net.Build();
    }

    public static float[][] RandomFilters(Random random, int count, int length) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() - 0.5) * (0.2 + random.NextDouble()))).ToArray())];

    public static int K(LayerNote note) => int.Parse(note.Text.Split(' ', ',')[2], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The sum of squared distances for 1, 2, 3 and more clusters.</summary>
    public static ImmutableArray<double> Distortions(LayerNote note) => note.Curves[0].Y;
}
