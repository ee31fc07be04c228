using System.Text.Json;
using PluginPrune.Core.Images;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

public sealed class DetectTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [SharedDataTheory]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1", "darknet/yolo-fastest/coco.names")]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1-xl", "darknet/yolo-fastest/coco.names")]
    [InlineData("darknet/yolo-fastest/yolo-fastest-1.1_body", null)]
    [InlineData("darknet/mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc", "darknet/mobilenetv2-yolo/voc.names")]
    public void What_it_finds_is_what_opencv_finds(string network, string? names)
    {
        JsonElement expected = JsonDocument.Parse(File.ReadAllText(SharedData.PathOf("data/expected-darknet.json"))).RootElement.GetProperty(network);
        string[] pictures = [.. expected.EnumerateObject().Select(static picture => SharedData.PathOf($"data/photos/{picture.Name}.jpg"))];
        string[] named = names is null ? [] : ["--names", SharedData.PathOf($"data/{names}")];

        HostResult result = _work.Run(
            [
                "detect", "--engine", "managed", "--bn-eps", "1e-6", "--conf", "0.25", "--iou", "0.45", "--json",
                "--model", SharedData.PathOf($"data/{network}.cfg"), .. named, .. pictures,
            ]).ShouldSucceed();

        JsonElement[] found = [.. result.Json().GetProperty("pictures").EnumerateArray()];
        found.Should().HaveSameCount(pictures);
        foreach ((JsonProperty picture, JsonElement got) in expected.EnumerateObject().Zip(found))
        {
            AssertSame(picture, got, names is not null);
        }
    }

    [Fact]
    public void Pictures_are_drawn_on_copies_beside_labels_and_json()
    {
        string[] pictures = [Paint("one.png"), Paint("two.ppm")];

        // With so low a threshold it finds something anywhere.
        HostResult result = _work.Run(["detect", "--engine", "managed", "--conf", "0.01", "--out", "found", .. pictures]).ShouldSucceed();

        _work.Entries.Should().Equal("found/", "found/detections.json", "found/one.png", "found/one.txt", "found/two.png", "found/two.txt", "one.png", "two.ppm");
        result.Output.Should().Contain("one.png (96 x 64): ").And.Contain("2 pictures, ").And.Contain("Written to ");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_work["found/detections.json"]));
        int objects = json.RootElement.GetProperty("pictures")[0].GetProperty("objects").GetArrayLength();
        objects.Should().BePositive();
        string[] labels = File.ReadAllLines(_work["found/one.txt"]);
        labels.Should().HaveCount(objects).And.AllSatisfy(static line => line.Split(' ').Should().HaveCount(5));
        Picture.Read(_work["found/one.png"]).Pixels.ToArray().Should().NotEqual(Picture.Read(_work["one.png"]).Pixels.ToArray());
    }

    [Fact]
    public void Nothing_is_overwritten_unless_it_is_forced_and_no_source_ever()
    {
        string picture = Paint("one.png");
        string[] command = ["detect", "--engine", "managed", "--conf", "0.01", "--quiet", picture, "--out"];
        _work.Run([.. command, "found"]).ShouldSucceed();
        Dictionary<string, string> before = _work.Hashes("found");

        _work.Run([.. command, "found"]).ShouldFail(2, "error: *detections.json*exists*");
        _work.Hashes("found").Should().Equal(before);
        _work.Run([.. command, "found", "--force"]).ShouldSucceed();
        _work.Run([.. command, ".", "--force"]).ShouldFail(2, "error: *one.png is one of the pictures that are looked at; a copy with boxes would replace it*");
    }

    [Fact]
    public void A_damaged_picture_stops_the_work_or_is_passed_over()
    {
        string good = Paint("good.png");
        string bad = _work.Write("bad.png", "this is no picture");

        _work.Run("detect", "--engine", "managed", "--quiet", "--json", good, bad, "--out", "o").ShouldFail(2, "error: *bad.png*--skip-bad passes such pictures over.");
        HostResult passed = _work.Run("detect", "--engine", "managed", "--json", "--skip-bad", bad, good).ShouldSucceed();

        passed.Error.Should().Contain("warning: passed over: ").And.Contain("bad.png");
        passed.Json().GetProperty("pictures").EnumerateArray().Single().GetProperty("file").GetString().Should().Be(good);
        _work.Entries.Should().Equal("bad.png", "good.png");
    }

    [Fact]
    public void Mistakes_are_told()
    {
        string picture = Paint("one.png");
        string names = _work.Write("my.names", "cat\n");

        _work.Run("detect").ShouldFail(2, "error: 'host detect' needs pictures or folders of pictures*");
        _work.Run("detect", "gone.jpg").ShouldFail(2, "error: gone.jpg: there is no such picture or folder.");
        _work.Run("detect", picture, "--conf", "25").ShouldFail(2, "error: --conf takes a number from 0 to 1, not '25'.");
        _work.Run("detect", picture, "--size", "0").ShouldFail(2, "error: --size takes a side such as 416 or WIDTHxHEIGHT*");
        _work.Run("detect", picture, "--resize", "crop").ShouldFail(2, "error: --resize takes letterbox or stretch, not 'crop'.");
        _work.Run("detect", picture, "--names", names, "--quiet").ShouldFail(2, "error: *my.names: it has 1 names, and head*");
        _work.Run("detect", picture, "--engine", "manged").ShouldFail(2, "error: *'manged'*Did you mean 'managed'*");
    }

    private static void AssertSame(JsonProperty picture, JsonElement got, bool hasNames)
    {
        (double width, double height) = (got.GetProperty("width").GetDouble(), got.GetProperty("height").GetDouble());
        List<JsonElement> objects = [.. got.GetProperty("objects").EnumerateArray()];
        objects.Should().HaveCount(picture.Value.GetArrayLength(), picture.Name);
        foreach (JsonElement wanted in picture.Value.EnumerateArray())
        {
            // As integers, and not cut at the edges of the photo.
            double[] box = [.. wanted.GetProperty("xywh").EnumerateArray().Select(static side => side.GetDouble())];
            double[] edges = [Math.Max(0, box[0]), Math.Max(0, box[1]), Math.Min(width, box[0] + box[2]), Math.Min(height, box[1] + box[3])];
            int match = objects.FindIndex(found =>
                (!hasNames || found.GetProperty("name").GetString() == wanted.GetProperty("cls").GetString())
                && Math.Abs(found.GetProperty("score").GetDouble() - wanted.GetProperty("conf").GetDouble()) <= 0.01
                && Edges(found).Zip(edges, static (one, other) => Math.Abs(one - other)).Max() <= 2);
            match.Should().BeGreaterThanOrEqualTo(0, $"{wanted} stands in {picture.Name}");
            objects.RemoveAt(match);
        }
    }

    private static double[] Edges(JsonElement found)
    {
        double[] box = [.. found.GetProperty("box").EnumerateArray().Select(static side => side.GetDouble())];
        return [box[0], box[1], box[0] + box[2], box[1] + box[3]];
    }

    private string Paint(string name)
    {
        var picture = new Picture(new PictureSize(96, 64));
        for (int i = 0; i < picture.Pixels.Length; i++)
        {
            picture.Pixels[i] = (byte)(i * i / 97);
        }

        using FileStream stream = File.Create(_work[name]);
        if (name.EndsWith(".png", StringComparison.Ordinal))
        {
            picture.WritePng(stream);
        }
        else
        {
            stream.Write("P6 96 64 255\n"u8);
            stream.Write(picture.Pixels);
        }

        return name;
    }
}
