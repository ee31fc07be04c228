using System.Security.Cryptography;
using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Golden;

/// <summary>The published results of the Python scripts on weights that anyone can make again.</summary>
public sealed class GoldenRunTests(GoldenModels models) : IClassFixture<GoldenModels>
{
    private const double GoldenMeanSum = 14.185481370;
    private const double GoldenBiasSum = 3.006170694;

    private const string Filters =
        "13 34 3 34 47 18 47 21 47 231 9 231 9 231 1 231 51 231 37 231 38 231 27 231 41 231 416 20 416 93 416 97 416 89 416 72 416 64 416 46 416 39 416 647 183 647 163 647 161 647 130 647 94 108 157 184 35 262 255 256 25 154 47 5 66 67 255 128 38 49 53 61 13 78 255";

    [Fact]
    public void SyntheticWeights_OfYolov3_AreThePublishedOnes()
    {
        using FileStream file = File.OpenRead(models.WeightsOfV3);

        Convert.ToHexStringLower(SHA256.HashData(file)).Should().Be("872a820062d44e809e7db4bdba350cd6850e1fd1d514c7cee68da32c15668b5b");
        NetworkCost.Of(models.V3).Parameters.Should().Be(61_949_149);
    }

    [Fact]
    public void Slim_Yolov3At80Percent_KeepsThePublishedFiltersAndMasks()
    {
        PlanResult result = Slim();

        Network small = NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network;

        Convolutions(small).Select(node => small.ShapeOf(node.Id).Channels).Should().Equal(Filters.Split(' ').Select(int.Parse));
        byte[] masks = [.. Convolutions(models.V3).Where(IsNormed).SelectMany(node => result.Plan.KeepOf(node.Id)).Select(keep => keep ? (byte)1 : (byte)0)];
        Convert.ToHexStringLower(SHA256.HashData(masks)).Should().Be("df9b44348db9c1f5c2d618f4bb58f14a1d9f6edebd562ca39c6ab36a3734a5a7");
        NetworkCost cost = NetworkCost.Of(small);
        cost.Parameters.Should().Be(11_037_776);
        (cost.Bytes + 20).Should().Be(44_251_700, "the .weights file has a header of 20 bytes");
    }

    [Fact]
    public void Slim_Yolov3_CopiesTensorsBitForBitAndShiftsMeansAlone()
    {
        PlanResult result = Slim();
        Network small = NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network;

        foreach (Node node in Convolutions(models.V3))
        {
            bool[] rows = result.Plan.KeepOf(node.Id);
            bool[] columns = result.Plan.KeepOf(node.Inputs[0]);
            var before = (Convolution)node.Operation;
            var after = (Convolution)small[node.Id].Operation;
            Naive(before.Weight, rows, columns).Should().Equal(after.Weight.Floats.ToArray(), "{0}", node);
            if (before.Bias is null)
            {
                string norm = node.Id.Replace(".conv", ".bn", StringComparison.Ordinal);
                var normBefore = (BatchNorm)models.V3[norm].Operation;
                var normAfter = (BatchNorm)small[norm].Operation;
                Naive(normBefore.Gamma, rows).Should().Equal(normAfter.Gamma.Floats.ToArray());
                Naive(normBefore.Beta, rows).Should().Equal(normAfter.Beta.Floats.ToArray());
                Naive(normBefore.Variance, rows).Should().Equal(normAfter.Variance.Floats.ToArray());
            }
        }
    }

    [Fact]
    public void Slim_Yolov3_FoldsToThePublishedSums()
    {
        Network small = NetworkSurgeon.Apply(Slim().Plan, CancellationToken.None).Network;

        double means = small.Nodes.Select(node => node.Operation).OfType<BatchNorm>().Sum(norm => Sum(norm.Mean));
        double biases = small.Nodes.Select(node => node.Operation).OfType<Convolution>().Sum(convolution => convolution.Bias is { } bias ? Sum(bias) : 0);

        // The sums of the published per-layer sums.
        means.Should().BeApproximately(GoldenMeanSum, 1e-4 * Math.Abs(GoldenMeanSum));
        biases.Should().BeApproximately(GoldenBiasSum, 1e-4 * Math.Abs(GoldenBiasSum));
    }

    [SharedDataFact]
    public void Slim_Yolov3_AgreesWithThePublishedDetailsOfEveryLayer()
    {
        PlanResult result = Slim();
        Network small = NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network;
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("golden/slim_yolov3_0.8.json")));

        foreach (JsonProperty layer in golden.RootElement.EnumerateObject())
        {
            var convolution = (Convolution)small[$"{layer.Name}.conv"].Operation;
            convolution.OutputChannels.Should().Be(layer.Value.GetProperty("out").GetInt32());
            convolution.InputChannels.Should().Be(layer.Value.GetProperty("in").GetInt32());
            Check(convolution.Weight, "w_sum", 1e-9);
            if (convolution.Bias is { } bias)
            {
                Check(bias, "bias_sum", 1e-4);
                continue;
            }

            var norm = (BatchNorm)small[$"{layer.Name}.bn"].Operation;
            Check(norm.Gamma, "gamma_sum", 1e-9);
            Check(norm.Beta, "beta_sum", 1e-9);
            Check(norm.Variance, "var_sum", 1e-9);
            Check(norm.Mean, "mean_sum", 1e-4);
            int[] kept = [.. layer.Value.GetProperty("kept").EnumerateArray().Select(index => index.GetInt32())];
            result.Plan.KeepOf($"{layer.Name}.conv").Select((keep, channel) => (keep, channel)).Where(pair => pair.keep).Select(pair => pair.channel)
                .Should().Equal(kept, "layer {0}", layer.Name);

            void Check(Tensor tensor, string name, double tolerance)
            {
                double wanted = layer.Value.GetProperty(name).GetDouble();
                double scale = Math.Max(Math.Abs(wanted), tensor.Floats.ToArray().Sum(value => Math.Abs((double)value)) * 1e-3);
                Sum(tensor).Should().BeApproximately(wanted, tolerance * Math.Max(scale, 1e-3), "{0} of layer {1}", name, layer.Name);
            }
        }
    }

    [Fact]
    public void Normal_Yolov3At85Percent_LeavesThePublishedParameters() =>
        Parameters(GoldenModels.Plan(models.V3, "normal", 0, ("percent", "0.85"))).Should().Be(13_507_120);

    [Fact]
    public void Shortcut_Yolov3At60Percent_LeavesThePublishedParameters() =>
        Parameters(GoldenModels.Plan(models.V3, "shortcut", 0, ("percent", "0.6"))).Should().Be(9_609_100);

    [Fact]
    public void Blocks_EightOfYolov3_AreThePublishedOnes()
    {
        PlanResult result = GoldenModels.Plan(models.V3, null, 8);

        result.Plan.RemovedBlocks.Select(block => block.Junction.Origin.Layer).Should().BeEquivalentTo("61", "58", "36", "33", "55", "8", "74", "52");
        Parameters(result).Should().Be(50_714_973);
    }

    [Fact]
    public void SlimAndBlocks_Yolov3_AreThePublishedOnes()
    {
        PlanResult result = GoldenModels.Plan(models.V3, "slim", 8, ("global-percent", "0.8"), ("layer-keep", "0.01"));

        // The published list counts the layer before each addition.
        int[] published = [60, 57, 35, 32, 54, 51, 26, 29];
        result.Plan.RemovedBlocks.Select(block => int.Parse(block.Junction.Origin.Layer, null) - 1).Should().BeEquivalentTo(published);
        Parameters(result).Should().Be(9_782_182);
    }

    [Fact]
    public void Slim_TinyAt50Percent_LeavesThePublishedParameters() =>
        Parameters(GoldenModels.Plan(models.Tiny, "slim", 0, ("global-percent", "0.5"))).Should().Be(2_120_083);

    private static long Parameters(PlanResult result) =>
        NetworkCost.Of(NetworkSurgeon.Apply(result.Plan, CancellationToken.None).Network).Parameters;

    private static IEnumerable<Node> Convolutions(Network network) => network.Nodes.Where(node => node.Operation is Convolution);

    private static bool IsNormed(Node node) => node.Operation is Convolution { Bias: null };

    private static double Sum(Tensor tensor)
    {
        double sum = 0;
        foreach (float value in tensor.Floats)
        {
            sum += value;
        }

        return sum;
    }

    private static List<float> Naive(Tensor tensor, bool[] rows, bool[]? columns = null)
    {
        var copied = new List<float>();
        ReadOnlySpan<float> values = tensor.Floats;
        int rowLength = tensor.Shape.ElementsPerChannel;
        int taps = columns is null ? rowLength : rowLength / columns.Length;
        for (int i = 0; i < values.Length; i++)
        {
            if (rows[i / rowLength] && (columns is null || columns[i % rowLength / taps]))
            {
                copied.Add(values[i]);
            }
        }

        return copied;
    }

    private PlanResult Slim() => GoldenModels.Plan(models.V3, "slim", 0, ("global-percent", "0.8"), ("layer-keep", "0.01"));
}
