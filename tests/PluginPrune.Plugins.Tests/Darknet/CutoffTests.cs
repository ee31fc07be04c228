using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Weights of the first layers alone.</summary>
public sealed class CutoffTests : IDisposable
{
    // 4 filters of 3 x 3 x 3 with batch norm, 6 of 4 x 1 x 1 with bias, 5 of 6 x 3 x 3 with batch norm.
    private const string Cfg = CfgTexts.TwoLayers + "[dropout]\n[convolutional]\nbatch_normalize=1\nfilters=5\nsize=3\n";
    private const int TwoLayers = 124 + 30;
    private const int AllLayers = TwoLayers + 20 + 270;

    private readonly Scratch _scratch = new();

    [Fact]
    public void Without_the_option_the_error_names_it()
    {
        _scratch.RefusalOfWeights(Cfg, WeightsBytes.Of(TwoLayers)).Message.Should().Contain("ends exactly after layer 1").And.Contain("--cutoff 2 takes the file");
        _scratch.RefusalOfWeights(Cfg, WeightsBytes.Of(124)).Message.Should().Contain("--cutoff 1 takes");
        _scratch.RefusalOfWeights(Cfg, WeightsBytes.Of(TwoLayers + 1)).Message.Should().NotContain("--cutoff");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void The_layers_behind_begin_untrained_and_the_same_every_time(string cutoff)
    {
        using var scratch = new Scratch(("cutoff", cutoff));

        Network network = scratch.Read(Cfg, WeightsBytes.Of(TwoLayers));
        Network again = scratch.Read(Cfg, WeightsBytes.Of(TwoLayers));

        scratch.Warnings.Should().HaveCount(2).And.OnlyContain(warning => warning.Contains($"--cutoff {cutoff}: 1 layers from layer 3 on"));
        network["1.conv"].Operation.Tensors[1].Tensor.Floats[0].Should().Be(124.5f, "what the file has is read from it");
        var norm = (BatchNorm)network["3.bn"].Operation;
        norm.Beta.Floats.ToArray().Should().OnlyContain(static number => number == 0);
        norm.Mean.Floats.ToArray().Should().OnlyContain(static number => number == 0);
        norm.Gamma.Floats.ToArray().Should().OnlyContain(static number => number == 1);
        norm.Variance.Floats.ToArray().Should().OnlyContain(static number => number == 1);
        float[] weights = ((Convolution)network["3.conv"].Operation).Weight.Floats.ToArray();
        float limit = MathF.Sqrt(6f / 54);
        weights.Should().OnlyContain(number => MathF.Abs(number) <= limit).And.OnlyHaveUniqueItems();
        weights.Select(static number => number * number).Average().Should().BeApproximately(limit * limit / 3, 0.008f);
        Meaning.Of(again).Should().Equal(Meaning.Of(network));
        scratch.Write(network).Weights.Should().HaveCount(20 + (4 * AllLayers));
    }

    [Theory]
    [InlineData("1", TwoLayers, "layers 0 to 0 alone")]
    [InlineData("2", AllLayers, "bytes are left over")]
    [InlineData("2", TwoLayers - 1, "ends in the weight of layer 1")]
    [InlineData("9", TwoLayers, "more than its 4 layers")]
    public void A_file_that_ends_elsewhere_is_refused(string cutoff, int count, string problem)
    {
        using var scratch = new Scratch(("cutoff", cutoff));

        scratch.RefusalOfWeights(Cfg, WeightsBytes.Of(count)).Message.Should().Contain(problem);
    }

    public void Dispose() => _scratch.Dispose();
}
