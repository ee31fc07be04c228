using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Plugins.Tests.Darknet;

public sealed class WeightsTests : IDisposable
{
    // 4 filters of 3 x 3 x 3 with batch norm, 6 of 4 x 1 x 1 with bias.
    private const int FirstLayer = (4 * 4) + (4 * 27);
    private const int AllLayers = FirstLayer + 6 + 24;

    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData(0, 2, 5, 32_013_312L, true)]
    [InlineData(0, 1, 0, 12_345L, false)]
    [InlineData(0, 0, 0, 4_000_000_000L, false)]
    [InlineData(1, 0, 0, 5_000_000_000L, true)]
    [InlineData(2000, 0, 3, 9L, false)]
    public void Both_forms_of_the_header_are_kept(int major, int minor, int revision, long seen, bool isLong)
    {
        byte[] bytes = WeightsBytes.Of(major, minor, revision, seen, isLong, [.. Enumerable.Range(0, AllLayers).Select(static i => (float)i)]);

        Network network = _scratch.Read(CfgTexts.TwoLayers, bytes);

        network["1.conv"].Operation.Tensors[1].Tensor.Floats[0].Should().Be(FirstLayer);
        _scratch.Write(network).Weights.Should().Equal(bytes);
    }

    [Theory]
    [InlineData(1, "beta of layer 0 [convolutional] of line 6")]
    [InlineData(5, "gamma of layer 0")]
    [InlineData(9, "mean of layer 0")]
    [InlineData(15, "variance of layer 0")]
    [InlineData(20, "weight of layer 0")]
    [InlineData(FirstLayer - 1, "weight of layer 0")]
    [InlineData(FirstLayer, "exactly before layer 1 [convolutional] of line 14")]
    [InlineData(FirstLayer + 1, "bias of layer 1")]
    [InlineData(AllLayers - 1, "weight of layer 1")]
    public void A_file_that_is_too_short_is_refused_with_the_place_where_it_ends(int count, string place)
    {
        InputException error = _scratch.RefusalOfWeights(CfgTexts.TwoLayers, WeightsBytes.Of(count));

        error.Message.Should().Contain(place).And.Contain($"{AllLayers * 4} bytes").And.Contain($"has {count * 4}").And.Contain("net.weights");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    [InlineData(1020)]
    public void What_is_left_over_is_counted(int extra)
    {
        InputException error = _scratch.RefusalOfWeights(CfgTexts.TwoLayers, [.. WeightsBytes.Of(AllLayers), .. new byte[extra]]);

        error.Message.Should().Contain($"{extra} bytes are left over").And.Contain("classes").And.Contain("filters");
    }

    [Theory]
    [InlineData(float.NaN, 0, "element 0 of the beta of layer 0", "NaN")]
    [InlineData(float.PositiveInfinity, 17, "element 1 of the weight of layer 0", "infinite")]
    [InlineData(float.NegativeInfinity, AllLayers - 1, "element 23 of the weight of layer 1", "infinite")]
    public void Numbers_that_are_none_are_refused_with_their_place(float number, int at, string place, string what)
    {
        float[] numbers = new float[AllLayers];
        numbers[at] = number;
        numbers[AllLayers - 1] = number;

        _scratch.RefusalOfWeights(CfgTexts.TwoLayers, WeightsBytes.Of(0, 2, 5, 0, longSeen: true, numbers)).Message.Should().Contain(place).And.Contain(what);
    }

    [Fact]
    public void The_first_of_many_bad_numbers_is_named_in_a_layer_of_several_pieces()
    {
        const string Cfg = "[net]\nwidth=4\nheight=4\nchannels=1000\n[conv]\nfilters=1000\nactivation=linear\n";
        float[] numbers = new float[1_001_000];
        numbers[700_123] = float.NaN;
        numbers[1_000_999] = float.NaN;

        _scratch.RefusalOfWeights(Cfg, WeightsBytes.Of(0, 2, 5, 0, longSeen: true, numbers)).Message.Should().Contain("element 699123 of the weight");
    }

    [Fact]
    public void A_large_cfg_with_a_small_file_is_refused_before_anything_is_allocated()
    {
        // 500 million weights: 2 GB.
        const string Cfg = "[net]\nwidth=4\nheight=4\nchannels=5000\n[conv]\nfilters=100000\nactivation=linear\n";
        long before = GC.GetAllocatedBytesForCurrentThread();

        InputException error = _scratch.RefusalOfWeights(Cfg, WeightsBytes.Of(256));

        error.Message.Should().Contain("2000400000 bytes").And.Contain("has 1024");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4 << 20);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "git lfs pull")]
    [InlineData("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "HTML page")]
    [InlineData("\n  <HTML lang='en'>", "HTML page")]
    [InlineData("PK\u0003\u0004\u0014\0\0\0data.pkl", "zip archive")]
    [InlineData("\u0080\u0002}q\0X\u0005\0\0\0epoch", "pickle")]
    [InlineData("../models/yolo.weights\n", "symbolic link")]
    [InlineData("404: Not Found", "('404: Not Found')")]
    [InlineData("[net]\nwidth=8\n", ".cfg file in the place")]
    [InlineData("\u0089HDF\r\n", "HDF5")]
    [InlineData("\0\0\0\0\u0002\0\0\0", "too few for the header")]
    [InlineData("\0\0\0\0\u0002\0\0\0\u0005\0\0\0\0\0\0\0", "too few for the header")]
    public void Files_that_are_no_weights_are_recognised(string bytes, string reason)
    {
        _scratch.RefusalOfWeights(CfgTexts.TwoLayers, Encoding.Latin1.GetBytes(bytes)).Message.Should().Contain(reason);
    }

    [Fact]
    public void A_file_that_went_through_utf8_is_recognised_whatever_its_length()
    {
        byte[] good = WeightsBytes.Of(0, 2, 5, 0, longSeen: true, [.. Enumerable.Range(0, 4 * AllLayers).Select(static i => -1.1f * i)]);
        byte[] mangled = [.. good[..20], .. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(good[20..]))];
        int lost = ((ReadOnlySpan<byte>)mangled).Count((ReadOnlySpan<byte>)[0xEF, 0xBF, 0xBD]);

        _scratch.RefusalOfWeights(CfgTexts.TwoLayers, mangled).Message.Should().Contain($"{lost} times the bytes EF BF BD").And.Contain("get the file again");
    }

    [Fact]
    public void Weights_are_looked_for_beside_the_cfg_and_where_the_user_says()
    {
        _scratch.Save(CfgTexts.TwoLayers);
        InputException beside = Assert.Throws<InputException>(() => _scratch.ReadAgain());
        InputException named = Assert.Throws<InputException>(() => _scratch.ReadAgain("/nowhere/at.all"));
        string elsewhere = Path.Combine(_scratch.Folder, "yolov3.weights");
        File.WriteAllBytes(elsewhere, WeightsBytes.Of(AllLayers));

        beside.Message.Should().Contain(_scratch.WeightsPath).And.Contain("--weights");
        named.Message.Should().Contain("/nowhere/at.all");
        _scratch.ReadAgain(elsewhere).Nodes.Should().HaveCount(4, "the name yolov3.weights means nothing");
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        _scratch.Save(CfgTexts.TwoLayers);
        File.WriteAllBytes(_scratch.WeightsPath, WeightsBytes.Of(AllLayers));

        Action read = () => _scratch.Format.Read(new(_scratch.CfgPath, null, _scratch.Warnings.Add), new CancellationToken(canceled: true));

        read.Should().Throw<OperationCanceledException>();
    }

    public void Dispose() => _scratch.Dispose();
}
