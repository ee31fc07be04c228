using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.ManagedEngine;

public sealed class OperationTests
{
    public static TheoryData<ActivationKind> Activations => [.. Enum.GetValues<ActivationKind>()];

    public static TheoryData<ChannelNormalizationKind> Normalizations => [.. Enum.GetValues<ChannelNormalizationKind>()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activation_equals_its_definition(ActivationKind kind)
    {
        CheckOne(new Activation(kind) { Slope = 0.17 }, range: 8, [5, 7, 9]);
        CheckOne(new Activation(kind), range: 200, [3, 1, 1]);
    }

    [Fact]
    public void BatchNorm_equals_its_definition_on_maps_and_vectors()
    {
        var sketch = new NetworkSketch(new Random(1));

        CheckOne(sketch.Norm(5), range: 1, [5, 7, 9]);
        CheckOne(sketch.Norm(11), range: 1, [11]);
    }

    [Fact]
    public void Add_takes_two_or_more_inputs()
    {
        CheckOne(new Add(), range: 1, [5, 7, 9], [5, 7, 9]);
        CheckOne(new Add(), range: 1, [5, 7, 9], [5, 7, 9], [5, 7, 9], [5, 7, 9]);
        CheckOne(new Add(), range: 1, [3, 80, 81], [3, 80, 81], [3, 80, 81]);
    }

    [Fact]
    public void Multiply_repeats_its_factor_over_places_channels_or_both()
    {
        CheckOne(new Multiply(), range: 1, [5, 7, 9], [5, 7, 9]);
        CheckOne(new Multiply(), range: 1, [5, 7, 9], [5, 1, 1]);
        CheckOne(new Multiply(), range: 1, [5, 7, 9], [1, 7, 9]);
        CheckOne(new Multiply(), range: 1, [5, 7, 9], [1, 1, 1]);
        CheckOne(new Multiply(), range: 1, [5], [5]);
    }

    [Fact]
    public void Concat_joins_one_or_more_inputs()
    {
        CheckOne(new Concat(), range: 1, [5, 7, 9]);
        CheckOne(new Concat(), range: 1, [5, 7, 9], [2, 7, 9], [1, 7, 9]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Split_takes_one_part(int index) => CheckOne(new Split(3, index), range: 1, [6, 5, 3]);

    [Theory]
    [InlineData(0, 6)]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public void Slice_takes_a_range(int start, int length) => CheckOne(new Slice(start, length), range: 1, [6, 5, 3]);

    [Theory]
    [InlineData(2, 2, 0, 0, 0, 0)]
    [InlineData(2, 1, 0, 0, 1, 1)]
    [InlineData(3, 2, 1, 1, 1, 1)]
    [InlineData(3, 2, 0, 0, 1, 1)]
    [InlineData(5, 1, 2, 2, 2, 2)]
    [InlineData(3, 2, 2, 1, 0, 2)]
    public void Pools_equal_their_definitions(int size, int stride, int top, int left, int bottom, int right)
    {
        Extent kernel = Extent.Square(size);
        var padding = new Padding(top, left, bottom, right);

        CheckOne(new MaxPool(kernel, Extent.Square(stride), padding), range: 1, [5, 11, 21]);
        CheckOne(new AveragePool(kernel, Extent.Square(stride), padding), range: 1, [5, 11, 21]);
        CheckOne(new AveragePool(kernel, Extent.Square(stride), padding) { CountsPadding = true }, range: 1, [5, 11, 21]);
        CheckOne(new MaxPool(new Extent(size, size + 2), new Extent(stride, 3), padding), range: 1, [3, 11, 21]);
        CheckOne(new AveragePool(new Extent(size + 1, size), new Extent(3, stride), padding), range: 1, [3, 11, 21]);
    }

    [Fact]
    public void MaxPool_of_negative_values_does_not_see_the_padding()
    {
        Network network = new NetworkSketch(new Random(1)).Input("x", 1, 2, 2)
            .Node("y", new MaxPool(Extent.Square(3), Extent.Square(1), Padding.Same(1)), "x").Build();

        using var executable = Engines.Create(1).Compile(network);
        var result = executable.Run([new(1, new Shape(1, 2, 2), [-4, -3, -2, -5])], ["y"], CancellationToken.None);

        result[0].Elements.Should().Equal(-2, -2, -2, -2);
    }

    [Fact]
    public void Global_pools_equal_their_definitions()
    {
        CheckOne(new GlobalAveragePool(), range: 1, [5, 7, 9]);
        CheckOne(new GlobalMaxPool(), range: 1, [5, 7, 9]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Upsample_repeats_places(int factor) => CheckOne(new Upsample(factor), range: 1, [3, 4, 5]);

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void SpaceToDepth_has_both_orders(int block, bool columnsFirst) =>
        CheckOne(new SpaceToDepth(block, columnsFirst), range: 1, [3, 6, 12]);

    [Fact]
    public void ChannelShuffle_transposes_the_groups()
    {
        CheckOne(new ChannelShuffle(2), range: 1, [6, 3, 5]);
        CheckOne(new ChannelShuffle(3), range: 1, [6, 3, 5]);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(0, 1)]
    [InlineData(4, 0)]
    [InlineData(0, 0)]
    public void ChannelPadding_is_zero_around_its_input(int before, int after)
    {
        CheckOne(new ChannelPadding(before, after), range: 1, [3, 5, 4]);
        CheckOne(new ChannelPadding(before, after), range: 1, [7]);
    }

    [Fact]
    public void Linear_equals_its_definition()
    {
        var sketch = new NetworkSketch(new Random(1));

        CheckOne(new Linear(sketch.Tensor(7, 131), sketch.Tensor(7)), range: 1, [131]);
        CheckOne(new Linear(sketch.Tensor(70, 5), null), range: 1, [5]);
    }

    [Fact]
    public void Softmax_equals_its_definition()
    {
        CheckOne(new Softmax(), range: 5, [7, 3, 5]);
        CheckOne(new Softmax(), range: 5, [7, 19, 23]);
        CheckOne(new Softmax(), range: 5, [10]);
    }

    [Fact]
    public void Softmax_of_large_numbers_is_finite()
    {
        Network network = new NetworkSketch(new Random(1)).Input("x", 2).Node("y", new Softmax(), "x").Build();

        using var executable = Engines.Create(1).Compile(network);
        var result = executable.Run([new(1, new Shape(2), [5000, 5000])], ["y"], CancellationToken.None);

        result[0].Elements.Should().Equal(0.5f, 0.5f);
    }

    [Theory]
    [MemberData(nameof(Normalizations))]
    public void ChannelNormalization_equals_its_definition(ChannelNormalizationKind kind)
    {
        CheckOne(new ChannelNormalization(kind), range: 3, [7, 3, 5]);
        CheckOne(new ChannelNormalization(kind), range: 12, [3, 17, 19]);
    }

    [Fact]
    public void Values_that_only_change_name_or_shape_keep_their_elements()
    {
        CheckOne(new Identity(), range: 1, [3, 4, 5]);
        CheckOne(new Dropout(0.5), range: 1, [3, 4, 5]);
        CheckOne(new Flatten(), range: 1, [3, 4, 5]);
        CheckOne(new Reshape(new Shape(5, 2, 3, 2)), range: 1, [3, 4, 5]);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(0, 2, 1)]
    [InlineData(2, 1, 0)]
    public void Transpose_orders_the_axes(int first, int second, int third) =>
        CheckOne(new Transpose([first, second, third]), range: 1, [3, 4, 5]);

    private static void CheckOne(Operation operation, double range, params int[][] inputs)
    {
        var random = new Random(20);
        var sketch = new NetworkSketch(random);
        for (int i = 0; i < inputs.Length; i++)
        {
            sketch.Input($"x{i}", inputs[i]);
        }

        Network network = sketch.Node("y", operation, [.. inputs.Select(static (_, i) => $"x{i}")]).Build();

        Comparison.Check(network, random, pictures: 1, range, "y");
        Comparison.Check(network, random, pictures: 2, range, "y");
    }
}
