using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Reconstruction;
using PluginPrune.Core.Tests.Support;
using PluginPrune.EngineManaged;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Reconstruction;

/// <summary>What is read at a place, times the weights, is what an engine computes there.</summary>
public sealed class PatchReaderTests
{
    private static readonly IEngine Engine = PluginFactory.Create<ManagedEnginePlugin, IEngine>("managed");

    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1)]
    [InlineData(3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1)]
    [InlineData(3, 3, 2, 2, 1, 1, 0, 1, 1, 0, 1)]
    [InlineData(3, 1, 1, 2, 2, 1, 2, 0, 1, 3, 2)]
    [InlineData(5, 2, 3, 1, 1, 3, 4, 1, 0, 2, 3)]
    [InlineData(2, 4, 1, 3, 1, 2, 0, 5, 3, 0, 6)]
    public void Read_Convolution_GivesItsInputs(
        int height, int width, int strideY, int strideX, int dilationY, int dilationX, int top, int left, int bottom, int right, int groups)
    {
        var b = new NetworkBuilder(3, 6, 11, 9);
        b.Add(
            new Convolution(b.Random(new Shape(12, 6 / groups, height, width), 1), null)
            {
                Groups = groups,
                Stride = new Extent(strideY, strideX),
                Dilation = new Extent(dilationY, dilationX),
                Padding = new Padding(top, left, bottom, right),
            },
            "input");

        AssertAgrees(b, 12);
    }

    [Fact]
    public void Read_Linear_GivesItsInputs()
    {
        var b = new NetworkBuilder(3, 2, 4, 3);
        b.Linear(b.Add(new Flatten(), "input"), 5, bias: false);

        AssertAgrees(b, 5);
    }

    private static void AssertAgrees(NetworkBuilder builder, int outputs)
    {
        Network network = builder.Build();
        Node layer = network.Nodes[^1];
        Shape shape = network.ShapeOf(layer.Id);
        Batch<float> picture = Pictures.Batches(network.Inputs[0].Shape, 1, 1).Single();
        using IExecutable<float> executable = Engine.Compile(network);
        Batch<float> expected = executable.Run([picture], [layer.Id], CancellationToken.None)[0];
        float[] weights = layer.Operation.Tensors[0].Tensor.Floats.ToArray();

        var reader = new PatchReader(layer.Operation, network.ShapeOf(layer.Inputs[0]), shape);

        const int Stride = 3;
        for (int place = 0; place < shape.ElementsPerChannel; place++)
        {
            for (int group = 0; group < reader.Groups; group++)
            {
                float[] into = new float[reader.Taps * Stride];
                reader.Read(picture[0], group, place, into, Stride);
                for (int output = group * outputs / reader.Groups; output < (group + 1) * outputs / reader.Groups; output++)
                {
                    double sum = Enumerable.Range(0, reader.Taps).Sum(tap => (double)into[tap * Stride] * weights[(output * reader.Taps) + tap]);
                    ((double)expected[0][(output * shape.ElementsPerChannel) + place]).Should().BeApproximately(sum, 1e-4, "output {0}, place {1}", output, place);
                }

                into.Where((_, i) => i % Stride != 0).Should().OnlyContain(static value => value == 0);
            }
        }
    }
}
