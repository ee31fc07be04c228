using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.CriterionSubspace.Features;

namespace PluginPrune.CriterionSubspace;

/// <summary>Tells how a layer was clustered.</summary>
internal static class ClusterNote
{
    private const string Across = "k";
    private const string Up = "distortion";

    public static LayerNote Of(Node layer, double[] distortions, int[] clusters, double[] features, int k, SubspaceOptions options)
    {
        string why = options.K is null ? Text($"by the elbow of 1 to {distortions.Length}")
            : options.K == k ? "as asked"
            : Text($"and not {options.K}: no more filters differ");
        return new LayerNote(layer, Text($"k = {k}, {why}; {Describe(clusters, features, k, options.Feature)}")) { Curves = Curves(distortions, k) };
    }

    private static string Describe(int[] clusters, double[] features, int k, FilterFeature feature)
    {
        int[] sizes = new int[k];
        double[] means = new double[k];
        for (int filter = 0; filter < clusters.Length; filter++)
        {
            sizes[clusters[filter]]++;
            means[clusters[filter]] += feature == FilterFeature.Flat ? 0 : features[filter];
        }

        string list = string.Join(", ", Enumerable.Range(0, k).Select(cluster =>
            feature == FilterFeature.Flat ? Text($"{sizes[cluster]}") : Text($"{sizes[cluster]} about {means[cluster] / sizes[cluster]:G3}")));
        return feature switch
        {
            FilterFeature.Flat => $"filters in each: {list}",
            FilterFeature.Sum => $"filters by their sum: {list}",
            _ => $"filters by their {feature.ToString().ToUpperInvariant()} norm: {list}",
        };
    }

    /// <summary>The distortion, its chord, and which k was taken.</summary>
    private static ImmutableArray<Curve> Curves(double[] distortions, int k)
    {
        int last = distortions.Length;
        var curve = new Curve(Up, Across, Up, [.. Enumerable.Range(1, last).Select(static k => (double)k)], [.. distortions]);
        return last < 2
            ? [curve]
            : [curve, new Curve("chord", Across, Up, [1, last], [distortions[0], distortions[^1]]), new Curve(Text($"k = {k}"), Across, Up, [k, k], [0, distortions[k - 1]])];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
