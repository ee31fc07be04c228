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

    public static LayerNote Of(Node layer, double[] distortions, int[] clusters, double[] features, (int Taken, int Elbow) k, SubspaceOptions options)
    {
        int last = Math.Min(distortions.Length, options.KMax);
        string why = options.K is null ? Text($"by the elbow of 1 to {last}")
            : options.K == k.Taken ? Text($"as asked, where the elbow of 1 to {last} is {k.Elbow}")
            : Text($"and not {options.K}: no more filters differ");
        return new LayerNote(layer, Text($"k = {k.Taken}, {why}; {Describe(clusters, features, k.Taken, options.Feature)}")) { Curves = Curves(distortions, k.Taken, last) };
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
    private static ImmutableArray<Curve> Curves(double[] distortions, int k, int last)
    {
        var curve = new Curve(Up, Across, Up, [.. Enumerable.Range(1, distortions.Length).Select(static k => (double)k)], [.. distortions]);
        return last < 2
            ? [curve]
            : [curve, new Curve("chord", Across, Up, [1, last], [distortions[0], distortions[last - 1]]), new Curve(Text($"k = {k}"), Across, Up, [k, k], [0, distortions[0]])];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
