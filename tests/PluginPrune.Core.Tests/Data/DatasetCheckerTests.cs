using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.Core.Data.Checking;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Tests.Data;

public sealed class DatasetCheckerTests
{
    [Fact]
    public void It_counts_what_there_is()
    {
        DatasetReport report = Check(
            ["cat", "dog", "cow"],
            Make("a", 100, 50, new ObjectLabel(0, new Box(0, 0, 10, 10)), new ObjectLabel(0, new Box(0, 0, 50, 50))),
            Make("b", 50, 100, new ObjectLabel(1, new Box(0, 0, 40, 20)) { IsDifficult = true }),
            Make("c", 200, 200, new ObjectLabel(1, new Box(0, 0, 100, 100)) { IsCrowd = true }, new ObjectLabel(0, new Box(0, 0, 200, 200)), new ObjectLabel(0, new Box(1, 1, 2, 2))),
            Make("d", 100, 50, pixel: 7));

        report.Faults.Should().BeEmpty();
        report.Classes.Select(static count => (count.Name, count.Objects, count.Pictures)).Should().Equal(("cat", 4, 2), ("dog", 2, 2), ("cow", 0, 0));
        ObjectStatistics objects = report.Objects;
        (objects.Count, objects.Crowds, objects.Difficult, objects.EmptyPictures).Should().Be((6, 1, 1, 1));
        (objects.Small, objects.Medium, objects.Large).Should().Be((3, 1, 2));
        objects.PerPicture.Should().Be(new Quantiles(0, 0, 1, 3, 3, 1.5));
        objects.RelativeSide.Maximum.Should().Be(1);
        objects.RelativeSide.Minimum.Should().Be(1 / 200.0);
        (objects.AspectRatio.Minimum, objects.AspectRatio.Maximum).Should().Be((1, 2));
        SizeStatistics sizes = report.Sizes;
        (sizes.Landscape, sizes.Portrait, sizes.Square, sizes.Different).Should().Be((2, 1, 1, 3));
        sizes.Width.Should().Be(new Quantiles(50, 50, 100, 200, 200, 112.5));
        sizes.Formats.Should().Equal((PictureFormat.Png, 4));
    }

    [Fact]
    public void It_finds_what_the_pictures_contradict()
    {
        DatasetReport report = Check(
            ["cat", "Cat"],
            Make("outside", 100, 50, new ObjectLabel(0, new Box(100, 0, 120, 10)) { Line = 4 }) with { LabelFile = Path.Combine(Environment.CurrentDirectory, "x.xml") },
            Make("beyond", 100, 50, 1, new ObjectLabel(0, new Box(90, 0, 110, 10)), new ObjectLabel(0, new Box(-1, 0, 101, 10))),
            Make("claims", 100, 50, pixel: 2) with { ClaimedWidth = 50, ClaimedHeight = 100 },
            Make("twin", 100, 50, pixel: 2));

        report.Faults.Select(static group => (group.Severity, group.Kind, group.Faults.Length)).Should().Equal(
            (FaultSeverity.Warning, "box beyond the edge", 1),
            (FaultSeverity.Warning, "box outside the picture", 1),
            (FaultSeverity.Warning, "classes with one name", 1),
            (FaultSeverity.Warning, "same picture twice", 1),
            (FaultSeverity.Warning, "size disagrees", 1));
        report.Faults[1].Faults[0].ToString().Should().Be("x.xml, line 4: The box goes from 100, 0 to 120, 10, and the picture has 100 x 50 pixels; it is left out.");
        report.Faults[3].Faults[0].ToString().Should().Be("twin: It is byte by byte the same as claims; both count.");
        report.Faults[4].Faults[0].Message.Should().Be("The labels say 50 x 100 pixels, and claims has 100 x 50; it seems that the sides are exchanged. Boxes are taken as they are written.");
        report.Errors.Should().Be(0);
    }

    [Fact]
    public void A_picture_that_cannot_be_decoded_is_an_error()
    {
        byte[] whole = Png(60, 40, 3);
        DatasetItem[] items =
        [
            Item("truncated", whole[..^30]),
            Item("empty", []),
            Item("text", "<html>not found</html>"u8.ToArray()),
            new DatasetItem("gone", static () => throw new FileNotFoundException("There is no picture gone."), []),
            new DatasetItem("listed", static () => throw new InvalidOperationException(), []) { Faults = [new DatasetFault(FaultSeverity.Error, "missing picture", "list", 3, "There is no picture 'listed'.")] },
            Item("good", whole),
        ];

        DatasetReport report = new DatasetChecker(static _ => { }).Check(new Dataset("set", [], [.. items]), CancellationToken.None);

        report.Faults.Select(static group => (group.Kind, group.Faults.Length)).Should().Equal(("damaged picture", 4), ("missing picture", 1));
        report.Faults[0].Faults.Select(static fault => fault.File).Should().Equal("truncated", "empty", "text", "gone");
        report.Errors.Should().Be(5);
        report.UnusablePictures.Should().Be(5);
        report.Sizes.Different.Should().Be(1);
    }

    [Fact]
    public void In_a_hurry_headers_alone_are_read()
    {
        byte[] whole = Png(60, 40, 3);
        var dataset = new Dataset("set", [], [Item("truncated", whole[..^30]), Item("a", whole), Item("b", whole)]);

        DatasetReport report = new DatasetChecker(static _ => { }) { IsQuick = true }.Check(dataset, CancellationToken.None);

        report.Faults.Should().BeEmpty();
        report.IsQuick.Should().BeTrue();
        report.Sizes.Width.Maximum.Should().Be(60);
    }

    [Fact]
    public void One_thread_and_several_come_to_the_same()
    {
        var dataset = new Dataset("set", ["x"], [.. Enumerable.Range(0, 40).Select(i => Make($"{i}", 20 + (i % 3), 30, (byte)(i % 7), new ObjectLabel(0, new Box(i, 0, i + 9, 5))))]);

        string one = Json(new DatasetChecker(static _ => { }) { Threads = 1 }.Check(dataset, CancellationToken.None));

        Json(new DatasetChecker(static _ => { }) { Threads = 4 }.Check(dataset, CancellationToken.None)).Should().Be(one);
        one.Should().Contain("\"kind\": \"same picture twice\"").And.Contain("\"kind\": \"box outside the picture\"");
    }

    private static string Json(DatasetReport report)
    {
        using var stream = new MemoryStream();
        DatasetReportJson.Write(report, "voc", "val", stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static DatasetReport Check(string[] names, params DatasetItem[] items) =>
        new DatasetChecker(static _ => { }).Check(new Dataset("set", [.. names], [.. items]), CancellationToken.None);

    private static DatasetItem Make(string name, int width, int height, params ObjectLabel[] labels) => Make(name, width, height, (byte)width, labels);

    private static DatasetItem Make(string name, int width, int height, byte pixel, params ObjectLabel[] labels) => Item(name, Png(width, height, pixel)) with { Labels = [.. labels] };

    private static DatasetItem Item(string name, byte[] file) => new(name, () => new MemoryStream(file), []);

    private static byte[] Png(int width, int height, byte pixel)
    {
        var picture = new Picture(new PictureSize(width, height));
        picture.Pixels.Fill(pixel);
        using var stream = new MemoryStream();
        picture.WritePng(stream);
        return stream.ToArray();
    }
}
