using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.Onnx;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Decoded outputs are what decoding the raw ones by hand gives.</summary>
public sealed class DecodedTests
{
    [OnnxRuntimeTheory]
    [InlineData(1, 1.0, false)]
    [InlineData(3, 1.0, false)]
    [InlineData(2, 1.05, false)]
    [InlineData(2, 2.0, true)]
    [InlineData(2, 1.0, false, "yolov5")]
    public void Boxes_equal_a_plain_decoding(int pictures, double scale, bool isActivated, string kind = "yolo")
    {
        Network network = OnnxNetworks.Detector(classes: 3, scale, isActivated, kind);
        Batch<float> input = Ort.Pictures(pictures, network.Inputs[0].Shape);

        Compare(network, input, ("dynamic-batch", "true"));
        Compare(network, input, ("dynamic-batch", "true"), ("dynamic-size", "true"));
    }

    [OnnxRuntimeFact]
    public void A_file_for_any_size_decodes_pictures_of_another_size()
    {
        Network network = OnnxNetworks.Detector();
        byte[] file = OnnxFile.Write(network, ("outputs", "decoded"), ("dynamic-size", "true"));
        Network other = network.WithInputSize(72, 40);
        Batch<float> input = Ort.Pictures(1, other.Inputs[0].Shape);
        (float[] expected, Shape shape) = DecodeByHand(other, RunRaw(other, input), 1);

        using var session = new OnnxSession(file);
        float[] actual = session.Run("input", input, ("boxes", shape))[0];

        Ort.Difference(actual, expected).Should().BeLessThan(1e-5);
    }

    [OnnxRuntimeFact]
    public void A_file_for_one_picture_refuses_two()
    {
        Network network = OnnxNetworks.Detector();
        Batch<float> input = Ort.Pictures(2, network.Inputs[0].Shape);
        using var session = new OnnxSession(OnnxFile.Write(network));

        new Action(() => session.Run("input", input, [.. network.Outputs.Select(value => (value, network.ShapeOf(value)))])).Should().Throw<Exception>().WithMessage("*input*");
    }

    private static void Compare(Network network, Batch<float> input, params (string, string)[] options)
    {
        (float[] expected, Shape shape) = DecodeByHand(network, RunRaw(network, input), input.Size);

        using var session = new OnnxSession(OnnxFile.Write(network, [("outputs", "decoded"), .. options]));
        float[] actual = session.Run("input", input, ("boxes", shape))[0];

        Ort.Difference(actual, expected).Should().BeLessThan(1e-5);
        expected.Should().OnlyContain(static number => float.IsFinite(number));
    }

    private static ImmutableArray<Batch<float>> RunRaw(Network network, Batch<float> input)
    {
        using IExecutable<float> executable = Ort.Create(1).Compile(network);
        return executable.Run([input], [.. network.Heads.Select(static head => head.Input)], CancellationToken.None);
    }

    // One number after the other, as the definitions read.
    private static (float[] Rows, Shape Shape) DecodeByHand(Network network, ImmutableArray<Batch<float>> raw, int pictures)
    {
        var rows = new List<double>();
        int row = 5 + (int)network.Heads[0].Number("classes", 0);
        Shape picture = network.Inputs[0].Shape;
        for (int image = 0; image < pictures; image++)
        {
            for (int i = 0; i < raw.Length; i++)
            {
                Head head = network.Heads[i];
                Shape map = raw[i].Shape;
                bool isYolov5 = head.Kind == "yolov5";
                bool isNew = head.Number("new_coords", 0) != 0;
                double scale = isYolov5 ? 2 : head.Number("scale_x_y", 1);
                ImmutableArray<double> mask = head.Parameters["mask"];
                for (int anchor = 0; anchor < mask.Length; anchor++)
                {
                    for (int y = 0; y < map.Height; y++)
                    {
                        for (int x = 0; x < map.Width; x++)
                        {
                            double Value(int channel) => raw[i][image][(((((anchor * row) + channel) * map.Height) + y) * map.Width) + x];
                            double Likely(int channel) => isNew ? Value(channel) : 1 / (1 + Math.Exp(-Value(channel)));
                            double Length(int channel) => isYolov5 ? Math.Pow(2 * Likely(channel), 2) : isNew ? Math.Pow(2 * Value(channel), 2) : Math.Exp(Value(channel));
                            rows.Add(((Likely(0) * scale) - ((scale - 1) / 2) + x) / map.Width * picture.Width);
                            rows.Add(((Likely(1) * scale) - ((scale - 1) / 2) + y) / map.Height * picture.Height);
                            rows.Add(Length(2) * head.Parameters["anchors"][2 * (int)mask[anchor]]);
                            rows.Add(Length(3) * head.Parameters["anchors"][(2 * (int)mask[anchor]) + 1]);
                            for (int channel = 4; channel < row; channel++)
                            {
                                rows.Add(Likely(channel));
                            }
                        }
                    }
                }
            }
        }

        return ([.. rows.Select(static number => (float)number)], new Shape(rows.Count / row / pictures, row));
    }
}
