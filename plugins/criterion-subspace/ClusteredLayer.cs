using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Numerics;
using PluginPrune.CriterionSubspace.Clustering;
using PluginPrune.CriterionSubspace.Features;

namespace PluginPrune.CriterionSubspace;

/// <summary>A layer whose filters are in clusters.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Places">The place of each filter in its cluster, above 0 to 1.</param>
/// <param name="Note">How it came to them; null where it could not.</param>
internal sealed record ClusteredLayer(Node Layer, double[] Places, LayerNote? Note)
{
    /// <summary>A filter with weights that are infinite or no numbers; null where there is none.</summary>
    public int? OddFilter { get; private init; }

    public static ClusteredLayer Of(Node layer, SubspaceOptions options, int seed, CancellationToken cancellationToken)
    {
        var filters = FilterBank.Of(layer);

        // A weight that is not finite makes the sum of the magnitudes so; others cannot, in double precision.
        double[] magnitudes = filters.Values(FilterFeature.L1);
        int odd = Array.FindIndex(magnitudes, static magnitude => !double.IsFinite(magnitude));
        if (odd >= 0)
        {
            return new ClusteredLayer(layer, [], null) { OddFilter = odd };
        }

        // The curve goes to its end where k is asked for too: then it tells how far that is from the elbow.
        int most = Math.Max(options.K ?? 1, options.KMax);
        double[] features = options.Feature switch
        {
            FilterFeature.Flat => [],
            FilterFeature.L1 => magnitudes,
            _ => filters.Values(options.Feature),
        };
        IClusterings clusterings = options.Feature == FilterFeature.Flat
            ? new FilterClusterings(filters, options.Normalize, most, options.Restarts, new SeededRandom(SeededRandom.Mix((ulong)seed)), cancellationToken)
            : new LineClusterings(features, most);
        int elbow = Elbow.Find(clusterings.Distortions.AsSpan(0, Math.Min(clusterings.Distortions.Length, options.KMax)));
        int k = options.K is { } asked ? Math.Min(asked, clusterings.Distortions.Length) : elbow;
        int[] clusters = clusterings.Of(k);
        double[] weights = options.RankBy switch
        {
            FilterWeight.L1 => magnitudes,
            FilterWeight.L2 => filters.Values(FilterFeature.L2),
            _ => filters.Values(FilterFeature.Sum),
        };
        return new ClusteredLayer(layer, ClusterPlaces.Of(clusters, weights, k), ClusterNote.Of(layer, clusterings.Distortions, clusters, features, (k, elbow), options));
    }
}
