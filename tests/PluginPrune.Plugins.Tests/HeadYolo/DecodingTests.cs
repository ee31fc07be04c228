using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;

namespace PluginPrune.Plugins.Tests.HeadYolo;

public sealed class DecodingTests
{
    private static readonly double[] Anchors = [10, 14, 23, 27, 37, 58, 81, 82];

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void A_yolo_head_places_boxes_in_cells_and_scales_anchors_in_pixels(double minimum)
    {
        var sketch = new HeadSketch("yolo", 4, anchors: 2, classes: 3, seed: 1, ("mask", [3, 1]), ("num", [4]), ("anchors", Anchors));
        int[] mask = [3, 1];

        sketch.ShouldDecodeTo(minimum, 2, (anchor, row, column) =>
        {
            double x = (HeadSketch.Logistic(sketch.At(anchor, 0, row, column)) + column) * 48;
            double y = (HeadSketch.Logistic(sketch.At(anchor, 1, row, column)) + row) * 32;
            double width = Math.Exp(sketch.At(anchor, 2, row, column)) * Anchors[2 * mask[anchor]];
            double height = Math.Exp(sketch.At(anchor, 3, row, column)) * Anchors[(2 * mask[anchor]) + 1];
            return (Box.FromCenter(x, y, width, height), HeadSketch.Logistic(sketch.At(anchor, 4, row, column)),
                [.. Enumerable.Range(5, 3).Select(c => HeadSketch.Logistic(sketch.At(anchor, c, row, column)))]);
        });
    }

    [Fact]
    public void Stretched_centres_reach_beyond_their_cell()
    {
        var sketch = new HeadSketch("yolo", 4, 4, 1, 2, ("num", [4]), ("anchors", Anchors), ("scale_x_y", [2]));

        sketch.ShouldDecodeTo(0.3, 4, (anchor, row, column) =>
        {
            double x = ((2 * HeadSketch.Logistic(sketch.At(anchor, 0, row, column))) - 0.5 + column) * 48;
            double y = ((2 * HeadSketch.Logistic(sketch.At(anchor, 1, row, column))) - 0.5 + row) * 32;
            double width = Math.Exp(sketch.At(anchor, 2, row, column)) * Anchors[2 * anchor];
            double height = Math.Exp(sketch.At(anchor, 3, row, column)) * Anchors[(2 * anchor) + 1];
            return (Box.FromCenter(x, y, width, height), HeadSketch.Logistic(sketch.At(anchor, 4, row, column)),
                [HeadSketch.Logistic(sketch.At(anchor, 5, row, column))]);
        });
    }

    [Fact]
    public void New_coordinates_are_activated_already_and_squared()
    {
        var sketch = new HeadSketch("yolo", 4, 2, 2, 3, ("mask", [0, 1]), ("num", [4]), ("anchors", Anchors), ("scale_x_y", [2]), ("new_coords", [1]));
        sketch.Values = [.. sketch.Values.Select(static value => (float)HeadSketch.Logistic(value))];

        sketch.ShouldDecodeTo(0.3, 2, (anchor, row, column) =>
        {
            double x = ((2 * sketch.At(anchor, 0, row, column)) - 0.5 + column) * 48;
            double y = ((2 * sketch.At(anchor, 1, row, column)) - 0.5 + row) * 32;
            double width = Math.Pow(2 * sketch.At(anchor, 2, row, column), 2) * Anchors[2 * anchor];
            double height = Math.Pow(2 * sketch.At(anchor, 3, row, column), 2) * Anchors[(2 * anchor) + 1];
            return (Box.FromCenter(x, y, width, height), sketch.At(anchor, 4, row, column),
                [sketch.At(anchor, 5, row, column), sketch.At(anchor, 6, row, column)]);
        });
    }

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, 0.5)]
    [InlineData(2, -0.5)]
    public void A_gaussian_head_trusts_uncertain_boxes_less(double point, double toCenter)
    {
        var sketch = new HeadSketch("gaussian-yolo", 8, 2, 2, 4, ("mask", [2, 3]), ("num", [4]), ("anchors", Anchors), ("yolo_point", [point]));

        sketch.ShouldDecodeTo(0.2, 2, (anchor, row, column) =>
        {
            double doubt = ((int[])[1, 3, 5, 7]).Average(c => HeadSketch.Logistic(sketch.At(anchor, c, row, column)));
            double width = Math.Exp(sketch.At(anchor, 4, row, column)) * Anchors[4 + (2 * anchor)];
            double height = Math.Exp(sketch.At(anchor, 6, row, column)) * Anchors[5 + (2 * anchor)];
            double x = ((HeadSketch.Logistic(sketch.At(anchor, 0, row, column)) + column) * 48) + (toCenter * width);
            double y = ((HeadSketch.Logistic(sketch.At(anchor, 2, row, column)) + row) * 32) + (toCenter * height);
            return (Box.FromCenter(x, y, width, height), HeadSketch.Logistic(sketch.At(anchor, 8, row, column)) * (1 - doubt),
                [HeadSketch.Logistic(sketch.At(anchor, 9, row, column)), HeadSketch.Logistic(sketch.At(anchor, 10, row, column))]);
        });
    }

    [Theory]
    [InlineData(4, 1, 0, 0, 0.2)]
    [InlineData(4, 0, 0, 0, 0.2)]
    [InlineData(5, 1, 0, 0, 0.1)]
    [InlineData(4, 1, 1, 0, 0.2)]
    [InlineData(4, 1, 0, -1, 0.2)]
    [InlineData(4, 0, 0, -1, 0.7)]
    public void A_region_head_scales_anchors_in_cells(int coords, double softmax, double background, double classFix, double minimum)
    {
        double[] cells = [1.3, 2.1, 0.6, 0.4];
        var sketch = new HeadSketch(
            "region", coords, 2, 3, 5, ("num", [2]), ("coords", [coords]), ("anchors", cells), ("softmax", [softmax]), ("background", [background]), ("classfix", [classFix]));

        sketch.ShouldDecodeTo(minimum, 2, (anchor, row, column) =>
        {
            double x = (HeadSketch.Logistic(sketch.At(anchor, 0, row, column)) + column) * 48;
            double y = (HeadSketch.Logistic(sketch.At(anchor, 1, row, column)) + row) * 32;
            double width = Math.Exp(sketch.At(anchor, 2, row, column)) * cells[2 * anchor] * 48;
            double height = Math.Exp(sketch.At(anchor, 3, row, column)) * cells[(2 * anchor) + 1] * 32;
            double objectness = background != 0 ? 1 : HeadSketch.Logistic(sketch.At(anchor, coords, row, column));
            double[] raw = [.. Enumerable.Range(coords + 1, 3).Select(c => sketch.At(anchor, c, row, column))];
            double sum = raw.Sum(Math.Exp) + (background != 0 ? Math.Exp(sketch.At(anchor, coords, row, column)) : 0);
            return (Box.FromCenter(x, y, width, height), classFix == -1 && objectness < 0.5 ? 0 : objectness,
                [.. raw.Select(value => softmax != 0 ? Math.Exp(value) / sum : HeadSketch.Logistic(value))]);
        });
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-7)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99999)]
    [InlineData(0.9999999)]
    [InlineData(1.0)]
    public void Comparing_logits_leaves_nothing_out_that_comparing_probabilities_would_not(double minimum)
    {
        var sketch = new HeadSketch("yolo", 4, 1, 1, 6, ("num", [1]), ("anchors", Anchors));
        float logit = minimum is > 0 and < 1 ? (float)Math.Log(minimum / (1 - minimum)) : 15;
        int places = sketch.Shape.ElementsPerChannel;
        for (int place = 0; place < places; place++)
        {
            // A few steps of rounding about the edge, then far away.
            sketch.Values[(4 * places) + place] = place < 11 ? logit + ((place - 5) * 1e-6f * Math.Max(1, Math.Abs(logit))) : (place - 13) * 60;
        }

        int wanted = Enumerable.Range(0, places).Count(place => 1 / (1 + MathF.Exp(-sketch.Values[(4 * places) + place])) > (float)minimum);
        sketch.Decode(minimum).Count.Should().Be(wanted);
    }

    [Fact]
    public void What_is_not_a_number_is_no_box()
    {
        var sketch = new HeadSketch("yolo", 4, 1, 1, 6, ("num", [1]), ("anchors", Anchors));
        Array.Fill(sketch.Values, float.NaN);

        sketch.Decode(0).Count.Should().Be(0);
    }

    [Fact]
    public void Anchors_that_are_missing_are_named()
    {
        var sketch = new HeadSketch("yolo", 4, 2, 1, 6, ("mask", [0, 4]), ("num", [6]), ("anchors", Anchors));

        Action decode = () => sketch.Decode(0);

        decode.Should().Throw<HeadException>().Which.Message.Should().ContainAll("7.head", "anchor 4", "it has 4");
    }

    [Fact]
    public void Classes_in_a_tree_are_refused()
    {
        var sketch = new HeadSketch("region", 4, 2, 1, 6, ("num", [2]), ("anchors", Anchors), ("tree", [1]));

        Action decode = () => sketch.Decode(0);

        decode.Should().Throw<HeadException>().Which.Message.Should().Contain("tree");
    }

    [Fact]
    public void Candidates_of_other_classes_are_refused()
    {
        var sketch = new HeadSketch("yolo", 4, 1, 3, 6, ("num", [1]), ("anchors", Anchors));

        Action decode = () => Darknet.Contributions.Create<IDetectionHead>(new PluginPrune.HeadYolo.HeadYoloPlugin(), "yolo")
            .Decode(sketch.Head, sketch.Picture, sketch.Shape, sketch.Values, new Candidates(2, 0));

        decode.Should().Throw<HeadException>().Which.Message.Should().Contain("3 classes; 2 were expected");
    }
}
