using System.Text;
using PluginPrune.Contracts;
using PluginPrune.TestKit;
using static PluginPrune.Plugins.Tests.OnnxReading.OnnxSketch;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>Whatever a file claims, it is refused with the reason, soon, and nothing is set aside for what it claims.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly OnnxFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<!DOCTYPE html><html>", "a web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS pointer")]
    [InlineData("PK\u0003\u0004", "ZIP archive")]
    [InlineData("this is some text that nobody meant as a network", "no ONNX file")]
    [InlineData("\u0008\u0008", "holds no graph")]
    public void Other_files_are_called_what_they_are(string content, string reason) => Refuse(Encoding.UTF8.GetBytes(content), $"*{reason}*");

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        byte[] whole = Sound().Bytes;

        for (int i = 1; i < 100; i++)
        {
            Refuse(whole[..(whole.Length * i / 100)], "*");
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_read_or_refused()
    {
        byte[] whole = Sound().Bytes;
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(whole.Length)] = (byte)random.Next(256);
            try
            {
                _files.Read(damaged);
            }
            catch (InputException)
            {
                // Whether it is refused depends on what the byte was for; nothing else may come of it.
            }
        }
    }

    [Fact]
    public void Lengths_beyond_the_file_are_refused() =>
        Refuse([0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x00], "*claims 2,147,483,647 bytes where 1 are left*");

    [Fact]
    public void Tensors_that_claim_more_than_they_hold_are_refused()
    {
        Refuse(Picture().Tensor("w", 1, new byte[8], 1 << 15, 1 << 15).Node("Add", ["x", "w"], ["y"]).Output("y").Bytes, "*'w' of [32768, 32768] needs 4,294,967,296 bytes and has 8*");
        Refuse(Picture().Tensor("w", 1, new byte[8], int.MaxValue, int.MaxValue).Node("Add", ["x", "w"], ["y"]).Output("y").Bytes, "*2^31 elements*");
        Refuse(Picture().Tensor("w", 1, new byte[8], -3).Node("Add", ["x", "w"], ["y"]).Output("y").Bytes, "*extents [-3]*");
        Refuse(Picture().Tensor("w", 99, new byte[8], 2).Node("Add", ["x", "w"], ["y"]).Output("y").Bytes, "*'w' is of type 99*");
    }

    [Fact]
    public void Constants_that_grow_without_end_are_refused()
    {
        OnnxSketch sketch = Picture().Integers("shape", 60_000, 60_000).Node("ConstantOfShape", "shape", "k").Node("Add", ["x", "k"], ["y"]);
        Refuse(sketch.Output("y").Bytes, "*operator 'k node'*");

        sketch = Picture().Floats("c0", 1, 2).Integers("repeats", 300);
        for (int i = 0; i < 8; i++)
        {
            sketch.Node("Tile", [$"c{i}", "repeats"], [$"c{i + 1}"]);
        }

        Refuse(sketch.Node("Add", ["x", "c8"], ["y"]).Output("y").Bytes, "*computing its constants takes more than*");
    }

    [Fact]
    public void Values_that_grow_without_end_are_refused()
    {
        OnnxSketch sketch = Picture().Floats("scales", 1, 1, 1000, 1000);
        for (int i = 0; i < 4; i++)
        {
            sketch.Node("Resize", [i == 0 ? "x" : $"u{i}", string.Empty, "scales"], [$"u{i + 1}"], ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor"));
        }

        Refuse(sketch.Output("u4").Bytes, "*operator 'u*2^31 elements*");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_no_numbers_are_refused(float number)
    {
        Refuse(Picture().Tensor("w", 1, BitConverter.GetBytes(number), 1, 1, 1, 1).Node("Slice", ["x", "zero", "one", "one"], ["c"]).Integers("zero", 0).Integers("one", 1).Node("Conv", ["c", "w"], ["y"]).Output("y").Bytes, "*operator 'y node' (Conv*a number of its weight is not finite*");
        Refuse(Picture().Floats("s", 1, 1, 1).Floats("v", 1, number, 1).Node("BatchNormalization", ["x", "s", "s", "s", "v"], ["y"]).Output("y").Bytes, "*operator 'y node' (BatchNormalization*a number of its variance is not finite*");
    }

    [Fact]
    public void Settings_and_constants_that_are_no_numbers_are_refused()
    {
        Refuse(Picture().Node("LeakyRelu", "x", "y", ("alpha", float.NaN)).Output("y").Bytes, "*operator 'y node' (LeakyRelu*computes with NaN*");
        Refuse(Picture().Number("k", float.PositiveInfinity).Node("Mul", ["x", "k"], ["y"]).Output("y").Bytes, "*operator 'y node' (Mul*computes with Infinity*");
        Refuse(Picture().Weights("w", 2, 3, 1, 1).Node("Conv", ["x", "w"], ["c"]).Tensor("k", 1, [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(float.NaN)], 1, 2, 1, 1).Node("Add", ["c", "k"], ["y"]).Output("y").Bytes, "*operator 'y node' (Add*its bias is not finite*");
        Refuse(Picture().Tensor("k", 1, [.. Enumerable.Range(0, 16).SelectMany(static _ => BitConverter.GetBytes(float.NaN))], 16).Node("Mul", ["x", "k"], ["y"]).Output("y").Bytes, "*operator 'y node' (Mul*its constant*[16]*no number (NaN)*");
    }

    [Fact]
    public void Weights_that_are_whole_numbers_are_refused()
    {
        Refuse(Picture().Tensor("w", 7, new byte[3 * sizeof(long)], 1, 3, 1, 1).Node("Conv", ["x", "w"], ["y"]).Output("y").Bytes, "*operator 'y node' (Conv*its weight holds whole numbers*");
        Refuse(Picture().Weights("w", 1, 3, 1, 1).Integers("b", 1).Node("Conv", ["x", "w", "b"], ["y"]).Output("y").Bytes, "*operator 'y node' (Conv*its bias holds whole numbers*");
    }

    [Theory]
    [InlineData("NonZero", "*operator 'y node' (NonZero*depends on the picture*anew without it.")]
    [InlineData("NonMaxSuppression", "*operator 'y node' (NonMaxSuppression*depends on the picture*'host convert' without --nms*")]
    public void What_has_another_extent_for_each_picture_is_refused_whatever_is_said_of_it(string operation, string reason) =>
        Refuse(Picture().Node(operation, ["x", "x"], ["y"]).Output("y", 1, 3).Bytes, reason);

    [Fact]
    public void Names_without_end_are_cut_off()
    {
        string name = new('n', 100_000);
        Action reading = () => _files.Read(Picture().Node("Relu", name, "y").Output("y"));

        reading.Should().Throw<InputException>().Which.Message.Should().Match("*operator 'y node' (Relu*it reads 'nnn*...").And.HaveLength(_files.Folder.Length + "/net.onnx: ".Length + 1003);
    }

    [Fact]
    public void An_output_that_nothing_computes_is_refused() => Refuse(Picture().Node("Relu", "x", "y").Output("y").Output("x").Bytes, "*its output 'x' is its input*");

    [Fact]
    public void Operators_in_no_order_are_refused() =>
        Refuse(Picture().Node("Relu", "b", "a").Node("Relu", "a", "b").Output("b").Bytes, "*operator 'a node' (Relu, opset 13): it reads 'b', which nothing before it gives*");

    [Fact]
    public void Names_that_stand_twice_are_refused() =>
        Refuse(Picture().Node("Relu", "x", "a").Node("Tanh", "x", "a").Output("a").Bytes, "*two of its operators give 'a'*");

    [Theory]
    [InlineData(8, "opset 8")]
    [InlineData(99, "opset 99")]
    public void Versions_that_are_not_read_are_told(int opset, string reason) => Refuse(new OnnxSketch(opset).Input("x", 1, 3, 16, 16).Node("Relu", "x", "y").Output("y").Bytes, $"*{reason}*9 to 23*");

    [Theory]
    [InlineData(1, "*ir_version*1*")]
    [InlineData(99, "*ir_version*99*")]
    public void Layouts_that_are_not_read_are_told(int layout, string reason) => Refuse(new OnnxSketch(13, layout).Input("x", 1, 3, 16, 16).Node("Relu", "x", "y").Output("y").Bytes, reason);

    [Fact]
    public void Inputs_that_are_no_pictures_are_told()
    {
        Refuse(Layer(new OnnxSketch().Input("x", 1 << 20, 3, 16, 16)), "*the first axis is that of the pictures, which must be 4096 at most*");
        Refuse(Layer(new OnnxSketch().Input("x", 1, 224, 224, 3)), "*the channels come last*--inputs-as-nchw x*");
        Refuse(Layer(new OnnxSketch().Input("x", "N", 3, "h", "w")), "*of any size*--open-size 640*");
        Refuse(Layer(new OnnxSketch().Input("x", "N", "c", 16, 16)), "*must be numbers*");
        Refuse(Layer(new OnnxSketch()), "*reads 'x', which nothing*", "*0 inputs*");

        static byte[] Layer(OnnxSketch sketch) => sketch.Node("Relu", "x", "y").Output("y").Bytes;
    }

    [Fact]
    public void Settings_that_make_no_sense_are_told()
    {
        Refuse(Picture().Conv("x", "y", 3, 4, 3, ("strides", Ints(0, 1))).Output("y").Bytes, "*operator 'y node' (Conv, opset 13): its strides are [0, 1]*");
        Refuse(Picture().Conv("x", "y", 3, 4, 3, ("auto_pad", 1f)).Output("y").Bytes, "*its auto_pad is the float 1; a text was wanted*");
        Refuse(Picture().Conv("x", "y", 3, 4, 3, ("pads", Ints(-1, 0, 0, 0))).Output("y").Bytes, "*its pads are*");
        Refuse(Picture().Conv("x", "y", 3, 4, 99).Output("y").Bytes, "*its window is 99*");
        Refuse(Picture().Weights("w", 4, 5, 1, 1).Node("Conv", ["x", "w"], ["y"]).Output("y").Bytes, "*5 input channels*has 3*");
        Refuse(Picture().Integers("shape", 3, 16, 16).Node("Reshape", ["x", "shape"], ["y"]).Output("y").Bytes, "*first axis must be that of the pictures*");
        Refuse(Picture().Node("Transpose", "x", "y", ("perm", Ints(1, 0, 2, 3))).Output("y").Bytes, "*axis of the pictures must stay the first*");
        Refuse(Picture().Node("ArgMax", "x", "y", ("axis", 1)).Output("y").Bytes, "*output 'y' holds numbers of type Integer*");
        Refuse(Picture().Node("Relu", "x", "y").Bytes, "*1 inputs and 0 outputs*");
        Refuse(Picture().Node("Relu", "x", "y").Output("z").Bytes, "*output 'z' is given by nothing*");
    }

    private static OnnxSketch Picture() => new OnnxSketch().Input("x", 1, 3, 16, 16);

    private static OnnxSketch Sound() => Picture().Conv("x", "c", 3, 4, 3).Node("Relu", "c", "r").Weights("k", 1, 4, 14, 14).Node("Mul", ["r", "k"], ["y"]).Output("y", 1, 4, 14, 14).Metadata("names", "['a', 'b']");

    private void Refuse(byte[] file, params string[] reasons)
    {
        string message = string.Empty;

        Shortest.Of(() => message = new Action(() => _files.Read(file)).Should().Throw<InputException>().Which.Message).Should().BeLessThan(TimeSpan.FromSeconds(1));

        reasons.Should().Contain(reason => Matches(message, reason), "it says: {0}", message);
    }

    private static bool Matches(string message, string pattern)
    {
        int at = 0;
        return Array.TrueForAll(pattern.Split('*'), part => (at = message.IndexOf(part, at, StringComparison.Ordinal)) >= 0);
    }
}
