using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Decoding;
using PluginPrune.DatasetCifar;
using PluginPrune.Plugins.Tests.Resnet;

namespace PluginPrune.Plugins.Tests.Datasets;

public sealed class CifarBatchTests : IDisposable
{
    private const int Planes = 3 * 32 * 32;

    private readonly DatasetScratch<CifarPlugin> _set = new("cifar");

    [Fact]
    public void Binary_batches_of_CIFAR10()
    {
        _set.With("cifar/batches.meta.txt", "airplane\nautomobile\nbird\n\n");
        WriteAll("cifar/data_batch_1.bin", Record(1), Record(0));
        WriteAll("cifar/data_batch_2.bin", Record(2));
        WriteAll("cifar/test_batch.bin", Record(1));

        Dataset train = _set.Open("cifar", "train");

        train.ClassNames.Should().Equal("airplane", "automobile", "bird");
        train.Items.Select(static item => item.ClassIndex).Should().Equal(1, 0, 2);
        _set.Pictures(train).Should().Equal("cifar/data_batch_1.bin/0", "cifar/data_batch_1.bin/1", "cifar/data_batch_2.bin/0");
        _set.Open("cifar").Items.Should().ContainSingle("the test part is measured on");
        CheckPixels(train.Items[1]);
    }

    [Fact]
    public void Binary_batches_of_CIFAR100_tell_the_fine_class()
    {
        _set.With("cifar/fine_label_names.txt", "apple\nbear\n");
        WriteAll("cifar/train.bin", [9, .. Record(1)], [3, .. Record(0)]);

        Dataset train = _set.Open("cifar", "train");

        train.Items.Select(static item => item.ClassIndex).Should().Equal(1, 0);
        CheckPixels(train.Items[0]);
    }

    // As Python 2 pickled them: pixels as a text without an encoding.
    [Theory]
    [InlineData("labels")]
    [InlineData("fine_labels")]
    public void Python_batches(string labels)
    {
        WriteAll("cifar/batches.meta", PickleText.Of("}(", PickleText.Text("label_names"), "](", PickleText.Text("cat"), PickleText.Text("dog"), "e", "u"));
        WriteAll("cifar/data_batch_1", Pickle(labels, 1, 0));

        Dataset train = _set.Open("cifar", "train");

        train.ClassNames.Should().Equal("cat", "dog");
        train.Items.Select(static item => item.ClassIndex).Should().Equal(1, 0);
        CheckPixels(train.Items[1]);
    }

    [Fact]
    public void What_is_cut_off_or_something_else_is_refused_with_its_file()
    {
        WriteAll("cut/data_batch_1.bin", Record(1)[..^1]);
        WriteAll("odd/data_batch_1", PickleText.Of("]"));
        WriteAll("evil/data_batch_1", PickleText.Of(PickleText.Global("os", "system"), "(", PickleText.Text("true"), "tR"));
        WriteAll("short/data_batch_1", Pickle("labels", 1, 0, 1));
        _set.WithFiles("none/readme.txt");

        _set.Refusal("cut", "train").Message.Should().Contain("data_batch_1.bin").And.Contain("cut off");
        _set.Refusal("odd", "train").Message.Should().Contain("something else");
        _set.Refusal("evil", "train").Message.Should().Contain("something else");
        _set.Refusal("short", "train").Message.Should().Contain("3 classes");
        _set.Refusal("none", "train").Message.Should().Contain("no batches");
    }

    public void Dispose() => _set.Dispose();

    /// <summary>Red rises along the rows, green along the columns, blue is 7.</summary>
    private static byte[] Pixels() =>
        [.. Enumerable.Range(0, Planes).Select(static i => (byte)(i < 1024 ? i / 32 : i < 2048 ? i % 32 : 7))];

    private static byte[] Record(byte label) => [label, .. Pixels()];

    private static byte[] Pickle(string labels, params int[] classes)
    {
        byte[] pixels = [.. Enumerable.Range(0, 2).SelectMany(static _ => Pixels())];
        byte[] array =
        [
            .. PickleText.Global("numpy.core.multiarray", "_reconstruct"), .. "("u8, .. PickleText.Global("numpy", "ndarray"), .. "("u8, .. PickleText.Number(0), .. "t"u8, .. PickleText.Text("b"), .. "tR"u8,
            .. "("u8, .. PickleText.Number(1), .. "("u8, .. PickleText.Number(2), .. PickleText.Number(Planes), .. "t"u8,
            .. PickleText.Global("numpy", "dtype"), .. "("u8, .. PickleText.Text("u1"), .. PickleText.Number(0), .. PickleText.Number(1), .. "tR"u8, 0x89,
            (byte)'T', .. BitConverter.GetBytes(pixels.Length), .. pixels, .. "tb"u8,
        ];
        return PickleText.Of("}(", PickleText.Text("data"), array, PickleText.Text(labels), "](", classes.SelectMany(PickleText.Number).ToArray(), "e", "u");
    }

    private static void CheckPixels(DatasetItem item)
    {
        using Stream stream = item.Open();
        var file = new MemoryStream();
        stream.CopyTo(file);
        Picture picture = Picture.Decode(file.ToArray(), item.Name);
        picture.Size.Should().Be(new PictureSize(32, 32));
        picture.Row(5)[..6].ToArray().Should().Equal(5, 0, 7, 5, 1, 7);
    }

    private void WriteAll(string name, params byte[][] parts)
    {
        _set.With(name);
        File.WriteAllBytes(_set[name], [.. parts.SelectMany(static part => part)]);
    }
}
