using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.CriterionNorm;
using PluginPrune.CriterionNorm.GeometricMedian;
using PluginPrune.Shared.Weights;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.WeightCriteria;

/// <summary>Scores of filters against what their definitions say, computed the slow way.</summary>
public sealed class FilterScoreTests
{
    private static readonly (string, string) Raw = ("normalize", "none");

    [Theory]
    [InlineData("l1")]
    [InlineData("l2")]
    [InlineData("fpgm")]
    public void Decide_LayersOfManyShapes_ScoresAsDefined(string criterion)
    {
        Network network = ManyShapes(1);

        ChannelDecision decision = Decisions.ContextOf(network).Decide<NormPlugin>(criterion, Raw);

        decision.Scores.Should().HaveCount(7, "of eight layers with weights the last is locked by its head");
        foreach (MemberScores scores in decision.Scores)
        {
            double[][] filters = WeightOf.Filters(network, scores.Member.Layer.Id);
            for (int i = 0; i < scores.Values.Length; i++)
            {
                double expected = Defined(criterion, filters, scores.Member.Channels[i]);
                scores.Values[i].Should().BeApproximately(expected, 3e-6 * expected, $"{criterion} of channel {i} of {scores.Member.Layer}");
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(7, 16)]
    [InlineData(64, 27)]
    [InlineData(67, 100)]
    [InlineData(130, 2100)]
    public void DistanceSums_AnyShapeAndKernel_AreAsDefined(int rows, int columns)
    {
        var random = new Random(rows);
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(_ => (random.NextSingle() - 0.4f) * 3)];
        double[][] filters = [.. values.Select(static value => (double)value).Chunk(columns)];
        var matrix = new WeightMatrix(Tensor.FromFloats(new Shape(rows, columns), values), rows, columns, 1, 1);

        foreach (DotKernel kernel in new DotKernel[] { new WideDotKernel(), new NarrowDotKernel() })
        {
            double[] sums = new DistanceSums(kernel).Of(matrix, CancellationToken.None);

            for (int row = 0; row < rows; row++)
            {
                double expected = Defined("fpgm", filters, row);
                sums[row].Should().BeApproximately(expected, 3e-6 * expected, $"row {row}, {kernel.GetType().Name}");
            }
        }
    }

    [Fact]
    public void Decide_GeometricMedian_CountsTheSign()
    {
        Network network = OneLayer([1, 0, 0, 0, 1, 0, 0, 0, 1, -1, 0, 0]);

        double[] scores = Decisions.ContextOf(network).Decide<NormPlugin>("fpgm", Raw).Of("n0");

        // To the others: (1,0,0) 2 and sqrt 2 twice; with magnitudes in place of weights it would be as near as its opposite.
        scores[0].Should().BeApproximately(2 + (2 * Math.Sqrt(2)), 1e-6);
        scores[1].Should().BeApproximately(3 * Math.Sqrt(2), 1e-6);
        scores[3].Should().BeApproximately(2 + (2 * Math.Sqrt(2)), 1e-6);
    }

    [Fact]
    public void Decide_GeometricMedianOfFiltersFarFromZero_DoesNotCancel()
    {
        var random = new Random(4);
        Network network = OneLayer([.. Enumerable.Range(0, 40 * 3).Select(_ => 100 + (random.NextSingle() * 1e-3f))], 40);

        double[] scores = Decisions.ContextOf(network).Decide<NormPlugin>("fpgm", Raw).Of("n0");

        double[][] filters = WeightOf.Filters(network, "n0");
        for (int i = 0; i < scores.Length; i++)
        {
            double expected = Defined("fpgm", filters, i);
            scores[i].Should().BeApproximately(expected, 1e-4 * expected);
        }
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("l2")]
    [InlineData("fpgm")]
    public void Decide_FiltersInAnotherOrder_ScoresThemInThatOrder(string criterion)
    {
        Network network = ManyShapes(5);
        foreach (string layer in Decisions.ContextOf(network).Decide<NormPlugin>(criterion).Scores.Select(static scores => scores.Member.Layer.Id))
        {
            int[] order = [.. Enumerable.Range(0, WeightOf.Layer(network, layer).Shape[0])];
            new Random(9).Shuffle(order);
            double[] before = Decisions.ContextOf(network).Decide<NormPlugin>(criterion).Of(layer);

            Network reordered = network.WithWeight(layer, weight => WeightOf.Reordered(weight, order));
            double[] after = Decisions.ContextOf(reordered).Decide<NormPlugin>(criterion).Of(layer);

            for (int i = 0; i < order.Length; i++)
            {
                after[i].Should().BeApproximately(before[order[i]], 1e-6, $"{layer}, {i}");
            }
        }
    }

    [Theory]
    [InlineData("l1", 3f)]
    [InlineData("l1", 1e-30f)]
    [InlineData("l2", -7f)]
    [InlineData("l2", 1e30f)]
    [InlineData("fpgm", 1e-30f)]
    [InlineData("fpgm", 0.3f)]
    [InlineData("fpgm", -1e30f)]
    public void Decide_ScaledWeights_ScalesScoresAndNoNormalizedOnes(string criterion, float factor)
    {
        Network network = ManyShapes(2);
        double[] raw = Decisions.ContextOf(network).Decide<NormPlugin>(criterion, Raw).Of("n0");
        double[] normalized = Decisions.ContextOf(network).Decide<NormPlugin>(criterion).Of("n0");

        Network scaled = network.WithWeight("n0", weight => WeightOf.Scaled(weight, factor));

        double[] rawScaled = Decisions.ContextOf(scaled).Decide<NormPlugin>(criterion, Raw).Of("n0");
        double[] normalizedScaled = Decisions.ContextOf(scaled).Decide<NormPlugin>(criterion).Of("n0");
        for (int i = 0; i < raw.Length; i++)
        {
            rawScaled[i].Should().BeApproximately(Math.Abs(factor) * raw[i], Math.Abs(factor) * raw[i] * 1e-5);
            normalizedScaled[i].Should().BeApproximately(normalized[i], 1e-5);
        }

        normalized.Average().Should().BeApproximately(1, 1e-9);
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("l2")]
    [InlineData("fpgm")]
    public void Decide_EqualFilters_TieExactlySoThatTheLaterGoes(string criterion)
    {
        var net = new NetworkBuilder(3, channels: 5);
        string first = net.ConvNormAct("input", 150);
        net.Head(net.Conv(first, 4, 1));

        // Filter i and filter i + 75 are the same: of each pair the later one goes.
        Network network = net.Build().WithWeight("n0", static weight => weight.WithFloats([.. weight.Floats[..(weight.Count / 2)], .. weight.Floats[..(weight.Count / 2)]]));
        PruningContext context = Decisions.ContextOf(network);
        foreach (string rate in new[] { "0.1", "0.5", "0.74" })
        {
            ChannelDecision decision = context.Decide<NormPlugin>(criterion, ("percent", rate));

            double[] scores = decision.Of("n0");
            scores[..75].Should().Equal(scores[75..]);
            bool[] keep = [.. Decisions.Services.Select(context, decision)[context.Groups[0]]];
            keep.Count(static kept => !kept).Should().Be((int)(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) * 150));
            Enumerable.Range(0, 75).Should().OnlyContain(i => keep[i] || !keep[i + 75]);
        }
    }

    [Theory]
    [InlineData("l1")]
    [InlineData("fpgm")]
    public void Decide_WeightsThatAreAllZero_ScoresZero(string criterion)
    {
        Network network = OneLayer(new float[6 * 3], 6);

        Decisions.ContextOf(network).Decide<NormPlugin>(criterion).Of("n0").Should().OnlyContain(static score => score == 0);
    }

    private static double Defined(string criterion, double[][] filters, int filter) => criterion switch
    {
        "l1" => filters[filter].Sum(Math.Abs),
        "l2" => Math.Sqrt(filters[filter].Sum(static weight => weight * weight)),
        _ => filters.Sum(other => Math.Sqrt(filters[filter].Zip(other, static (a, b) => (a - b) * (a - b)).Sum())),
    };

    private static Network OneLayer(float[] weights, int filters = 4)
    {
        var net = new NetworkBuilder(1);
        string layer = net.Add(new Convolution(Tensor.FromFloats(new Shape(filters, 3, 1, 1), weights), null), "input");
        net.Head(net.Conv(layer, 2, 1));
        return net.Build();
    }

    /// <summary>Convolutions of several sizes, grouped, depthwise, with and without batch norm, and linear layers.</summary>
    private static Network ManyShapes(int seed)
    {
        var net = new NetworkBuilder(seed);
        string value = net.ConvNormAct("input", 70);
        value = net.Act(net.Conv(value, 12, 1, bias: true));
        value = net.ConvNormAct(value, 24, 3, groups: 12);
        value = net.ConvNormAct(value, 16, 3, groups: 4);
        value = net.ConvNormAct(value, 16, 3, groups: 16, stride: 2);
        value = net.ConvNormAct(value, 5, 5);
        value = net.Linear(net.Add(new Flatten(), value), 33);
        net.Head(net.Linear(net.Act(value), 4));
        return net.Build();
    }
}
