using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

public sealed class ConvolutionTests
{
    [Fact]
    public void A_small_convolution_equals_the_one_worked_out_by_hand()
    {
        var convolution = new Convolution(Tensor.FromFloats(new Shape(1, 1, 2, 2), [1, 2, 3, 4]), Tensor.FromFloats(10))
        {
            Padding = new Padding(0, 1, 0, 0),
        };
        Network network = new NetworkSketch(new Random(1)).Input("x", 1, 2, 3).Node("y", convolution, "x").Build();

        using var executable = Engines.Create(1).Compile(network);
        var result = executable.Run([new(1, new Shape(1, 2, 3), [1, 2, 3, 4, 5, 6])], ["y"], CancellationToken.None);

        // Columns (0 1 / 0 4), (1 2 / 4 5), (2 3 / 5 6) under (1 2 / 3 4).
        result[0].Elements.Should().Equal(10 + 2 + 16, 10 + 1 + 4 + 12 + 20, 10 + 2 + 6 + 15 + 24);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 1, 5, 5)]
    [InlineData(3, 16, 3, 1, 1, 20, 20)]
    [InlineData(5, 7, 3, 2, 1, 13, 11)]
    [InlineData(5, 7, 3, 2, 1, 12, 14)]
    [InlineData(4, 9, 5, 3, 1, 17, 19)]
    [InlineData(3, 5, 3, 1, 2, 13, 17)]
    [InlineData(3, 5, 3, 2, 3, 23, 17)]
    [InlineData(7, 3, 1, 1, 1, 9, 31)]
    [InlineData(7, 3, 1, 2, 1, 9, 31)]
    [InlineData(2, 3, 7, 1, 1, 4, 5)]
    [InlineData(300, 19, 1, 1, 1, 5, 7)]
    [InlineData(70, 67, 3, 1, 1, 13, 13)]
    [InlineData(3, 150, 3, 1, 1, 2, 2)]
    [InlineData(2, 9, 19, 1, 1, 21, 20)]
    [InlineData(2, 9, 3, 1, 1, 1, 40)]
    [InlineData(2, 9, 3, 1, 1, 40, 1)]
    [InlineData(4, 5, 3, 1, 1, 40, 64)]
    public void Convolution_equals_its_definition(int input, int output, int size, int stride, int dilation, int height, int width)
    {
        var random = new Random(input + (100 * output) + size);
        var sketch = new NetworkSketch(random);
        int padding = dilation * (size / 2);
        var convolution = new Convolution(sketch.Tensor(output, input, size, size), sketch.Tensor(output))
        {
            Stride = Extent.Square(stride),
            Dilation = Extent.Square(dilation),
            Padding = Padding.Same(padding),
        };
        Network network = sketch.Input("x", input, height, width).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 2, range: 1, "y");
    }

    [Theory]
    [InlineData(0, 1, 2, 3)]
    [InlineData(3, 0, 1, 0)]
    [InlineData(0, 0, 1, 1)]
    [InlineData(6, 7, 8, 9)]
    public void Padding_may_differ_on_each_side_and_exceed_the_kernel(int top, int left, int bottom, int right)
    {
        var random = new Random(top);
        var sketch = new NetworkSketch(random);
        var convolution = new Convolution(sketch.Tensor(4, 3, 3, 2), null)
        {
            Stride = new Extent(2, 1),
            Dilation = new Extent(1, 3),
            Padding = new Padding(top, left, bottom, right),
        };
        Network network = sketch.Input("x", 3, 7, 11).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 1, range: 1, "y");
    }

    [Fact]
    public void A_stride_wider_than_its_input_reads_one_column()
    {
        var random = new Random(4);
        var sketch = new NetworkSketch(random);
        var convolution = new Convolution(sketch.Tensor(4, 3, 1, 1), null) { Stride = new Extent(1, 2) };
        Network network = sketch.Input("x", 3, 40, 1).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 1, range: 1, "y");
    }

    [Theory]
    [InlineData(2, 6, 4, 1)]
    [InlineData(3, 6, 27, 2)]
    [InlineData(5, 10, 5, 1)]
    public void Groups_are_convolved_apart(int groups, int input, int output, int stride)
    {
        var random = new Random(groups);
        var sketch = new NetworkSketch(random);
        var convolution = new Convolution(sketch.Tensor(output, input / groups, 3, 3), sketch.Tensor(output))
        {
            Groups = groups,
            Stride = Extent.Square(stride),
            Padding = Padding.Same(1),
        };
        Network network = sketch.Input("x", input, 9, 8).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 2, range: 1, "y");
    }

    [Theory]
    [InlineData(1, 3, 1, 1, 30)]
    [InlineData(2, 3, 2, 1, 30)]
    [InlineData(1, 5, 1, 2, 41)]
    [InlineData(3, 3, 2, 2, 17)]
    [InlineData(1, 5, 1, 1, 3)]
    [InlineData(1, 1, 1, 1, 9)]
    public void Depthwise_convolution_equals_its_definition(int multiplier, int size, int stride, int dilation, int width)
    {
        var random = new Random(size);
        var sketch = new NetworkSketch(random);
        var convolution = new Convolution(sketch.Tensor(5 * multiplier, 1, size, size), sketch.Tensor(5 * multiplier))
        {
            Groups = 5,
            Stride = Extent.Square(stride),
            Dilation = Extent.Square(dilation),
            Padding = new Padding(size / 2, size / 2 * dilation, size * dilation, 1 + (dilation * (size / 2))),
        };
        Network network = sketch.Input("x", 5, 9, width).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 2, range: 1, "y");
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 4, 3)]
    [InlineData(2, 4, 3)]
    public void A_kernel_as_large_as_its_input_gives_one_place(int groups, int height, int width)
    {
        var random = new Random(height);
        var sketch = new NetworkSketch(random);
        var convolution = new Convolution(sketch.Tensor(34, 12 / groups, height, width), sketch.Tensor(34)) { Groups = groups };
        Network network = sketch.Input("x", 12, height, width).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 2, range: 1, "y");
    }

    [Fact]
    public void Weights_of_16_bits_are_computed_as_they_are()
    {
        var random = new Random(1);
        var sketch = new NetworkSketch(random);
        Half[] halfs = Array.ConvertAll(sketch.Numbers(4 * 3 * 9), static x => (Half)x);
        var convolution = new Convolution(Tensor.FromHalfs(new Shape(4, 3, 3, 3), halfs), null);
        Network network = sketch.Input("x", 3, 6, 6).Node("y", convolution, "x").Build();

        Comparison.Check(network, random, pictures: 1, range: 1, "y");
    }
}
