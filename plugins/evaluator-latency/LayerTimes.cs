using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.EvaluatorLatency;

/// <summary>The times of a network's layers.</summary>
internal static class LayerTimes
{
    /// <summary>Measures.</summary>
    /// <param name="contestant">The network; its engine tells where time goes.</param>
    /// <param name="runs">How often; medians are told.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static MetricTable Measure(Contestant contestant, int runs, CancellationToken cancellationToken)
    {
        var times = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (int i = 0; i < runs; i++)
        {
            foreach (var layer in contestant.Profile(cancellationToken).GroupBy(time => LayerOf(contestant, time), StringComparer.Ordinal))
            {
                if (!times.TryGetValue(layer.Key, out List<double>? ofLayer))
                {
                    times.Add(layer.Key, ofLayer = []);
                }

                ofLayer.Add(layer.Sum(static time => time.Milliseconds));
            }
        }

        Dictionary<string, double> medians = times.ToDictionary(static pair => pair.Key, static pair => Quantiles.Of(pair.Value, 0.5), StringComparer.Ordinal);
        double sum = medians.Values.Sum();
        ImmutableArray<MetricRow> rows =
        [
            .. contestant.Network.Nodes.Select(static node => node.Origin.Layer).Distinct(StringComparer.Ordinal).Where(medians.ContainsKey)
                .Select(layer => new MetricRow(layer, [medians[layer], 100 * medians[layer] / sum])),
        ];
        return new MetricTable(
            "Per layer",
            "layer",
            [new("time", double.NaN, "ms", MetricDirection.Lower, 3), new("share", double.NaN, "%", MetricDirection.Neutral, 1)],
            rows);
    }

    // What an engine adds of its own belongs to no layer of the user's file.
    private static string LayerOf(Contestant contestant, NodeTime time) =>
        contestant.Network.Find(time.Node)?.Origin.Layer ?? time.Node;
}
