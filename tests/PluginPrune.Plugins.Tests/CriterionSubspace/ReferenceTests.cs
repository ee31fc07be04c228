using System.Globalization;
using PluginPrune.Contracts.Criteria;

namespace PluginPrune.Plugins.Tests.CriterionSubspace;

/// <summary>Against the slow and plain way.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("sum", "l1")]
    [InlineData("l1", "l2")]
    [InlineData("l2", "sum")]
    public void Numbers_are_clustered_and_ranked_as_trying_all_clusters_tells(string feature, string rankBy)
    {
        var random = new Random(5);
        for (int run = 0; run < 15; run++)
        {
            float[][] filters = Subspace.RandomFilters(random, random.Next(2, 7), random.Next(1, 5));
            double[][] points = [.. filters.Select(filter => new[] { Value(filter, feature) })];
            var clusterings = SlowSubspace.Cluster(points, 5);
            int k = SlowSubspace.Elbow([.. clusterings.Select(static clustering => clustering.Distortion)]);

            (double[] places, LayerNote note) = Subspace.Of(filters, ("feature", feature), ("rank-by", rankBy), ("k-max", "5"));

            Subspace.Distortions(note).Should().Equal(clusterings.Select(static clustering => clustering.Distortion), static (found, wanted) => Math.Abs(found - wanted) < 1e-12);
            Subspace.K(note).Should().Be(k, "of run {0}", run);
            places.Should().Equal(SlowSubspace.Places(clusterings[k - 1].Clusters, [.. filters.Select(filter => Value(filter, rankBy))]), "of run {0}", run);
        }
    }

    [Fact]
    public void Numbers_that_come_in_heaps_and_twice_are_clustered_as_trying_all_clusters_tells()
    {
        var random = new Random(6);
        for (int run = 0; run < 25; run++)
        {
            float[][] filters = [.. Enumerable.Range(0, 7).Select(_ => new[] { random.Next(4) + (random.Next(2) * 0.125f) })];
            var clusterings = SlowSubspace.Cluster([.. filters.Select(static filter => new[] { (double)filter[0] })], 4);

            (_, LayerNote note) = Subspace.Of(filters, ("k-max", "4"));

            Subspace.Distortions(note).Should().Equal(clusterings.Select(static clustering => clustering.Distortion), static (found, wanted) => Math.Abs(found - wanted) < 1e-12);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whole_filters_are_clustered_as_trying_all_clusters_tells(bool isNormalized)
    {
        var random = new Random(7);
        for (int run = 0; run < 8; run++)
        {
            float[][] filters = Subspace.RandomFilters(random, 7, random.Next(2, 12));
            double[][] points = [.. filters.Select(filter => filter.Select(weight => isNormalized ? weight / Value(filter, "l2") : weight).ToArray())];
            var clusterings = SlowSubspace.Cluster(points, 4);
            int k = SlowSubspace.Elbow([.. clusterings.Select(static clustering => clustering.Distortion)]);

            (double[] places, LayerNote note) = Subspace.Of(filters, ("feature", "flat"), ("normalize", isNormalized ? "true" : "false"), ("k-max", "4"), ("restarts", "40"));

            Subspace.Distortions(note).Should().Equal(clusterings.Select(static clustering => clustering.Distortion), static (found, wanted) => Math.Abs(found - wanted) < 1e-5 * (1 + wanted));
            Subspace.K(note).Should().Be(k);
            places.Should().Equal(SlowSubspace.Places(clusterings[k - 1].Clusters, [.. filters.Select(filter => Value(filter, "l1"))]), "of run {0}", run);
        }
    }

    [Fact]
    public void Many_whole_filters_are_clustered_no_worse_than_by_lloyds_iteration_from_many_beginnings()
    {
        var random = new Random(8);
        float[][] filters = Subspace.RandomFilters(random, 90, 40);
        double[][] points = [.. filters.Select(static filter => filter.Select(static weight => (double)weight).ToArray())];

        (_, LayerNote note) = Subspace.Of(filters, ("feature", "flat"), ("k-max", "6"));

        Subspace.Distortions(note).Should().BeInDescendingOrder();
        for (int k = 1; k <= 6; k++)
        {
            double plain = Enumerable.Range(0, 10).Min(_ => SlowSubspace.Lloyd(points, k, random));
            Subspace.Distortions(note)[k - 1].Should().BeInRange(0.9 * plain, 1.02 * plain, "of {0} clusters", k);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(30)]
    public void A_k_that_was_asked_for_is_taken_where_so_many_filters_differ(int asked)
    {
        float[][] filters = Subspace.RandomFilters(new Random(9), 6, 3);
        double[][] points = [.. filters.Select(static filter => new[] { filter.Sum(static weight => (double)weight) })];
        int k = Math.Min(asked, 6);

        int elbow = Subspace.K(Subspace.Of(filters).Note);

        (double[] places, LayerNote note) = Subspace.Of(filters, ("k", asked.ToString(CultureInfo.InvariantCulture)));

        note.Text.Should().StartWith(asked == k ? FormattableString.Invariant($"k = {k}, as asked, where the elbow of 1 to 6 is {elbow}; filters by their sum: ") : "k = 6, and not 30: no more filters differ; ");
        Subspace.Distortions(note).Should().Equal(Subspace.Distortions(Subspace.Of(filters).Note), "the curve goes on where k was asked for");
        places.Should().Equal(SlowSubspace.Places(SlowSubspace.Cluster(points, k)[k - 1].Clusters, [.. filters.Select(static filter => Value(filter, "l1"))]));
    }

    private static double Value(float[] filter, string feature) => feature switch
    {
        "l1" => filter.Sum(static weight => Math.Abs((double)weight)),
        "l2" => Math.Sqrt(filter.Sum(static weight => (double)weight * weight)),
        _ => filter.Sum(static weight => (double)weight),
    };
}
