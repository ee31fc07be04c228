using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetCoco;
using PluginPrune.DatasetYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>Where files of annotations and their pictures are.</summary>
public sealed class CocoLayoutTests : IDisposable
{
    private readonly DatasetScratch<CocoPlugin> _work = new("coco");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("annotations/instances_val2017.json", "val2017/a.jpg", "a.jpg")]
    [InlineData("annotations/instances_val2017.json", "images/val2017/a.jpg", "a.jpg")]
    [InlineData("annotations/instances_val.json", "images/a.jpg", "a.jpg")]
    [InlineData("valid/_annotations.coco.json", "valid/a.jpg", "a.jpg")]
    [InlineData("val/labels.json", "val/data/a.jpg", "a.jpg")]
    [InlineData("annotations.json", "JPEGImages/a.jpg", "JPEGImages/a.jpg")]
    [InlineData("annotations.json", "images/a.jpg", "some/folder/of/theirs/a.jpg")]
    [InlineData("annotations.json", "a.jpg", "C:\\\\photos\\\\a.jpg")]
    public void A_folder_is_understood(string file, string picture, string name)
    {
        _work.With(picture, string.Empty).With(file, Json(name));

        _work.Pictures(_work.Open(string.Empty)).Should().Equal(picture);
        _work.Pictures(_work.Open(file, "train")).Should().Equal(picture);
    }

    [Fact]
    public void Parts_are_chosen_by_their_names_and_other_annotations_left_alone()
    {
        _work.WithFiles("train2017/a.jpg", "val2017/b.jpg")
            .With("annotations/instances_train2017.json", Json("a.jpg")).With("annotations/instances_val2017.json", Json("b.jpg"))
            .With("annotations/captions_val2017.json", "{}").With("annotations/person_keypoints_val2017.json", "{}");

        _work.Pictures(_work.Open(string.Empty, "train")).Should().Equal("train2017/a.jpg");
        _work.Pictures(_work.Open(string.Empty, "val2017")).Should().Equal("val2017/b.jpg");
        _work.Pictures(_work.Open(string.Empty, "all")).Should().Equal("train2017/a.jpg", "val2017/b.jpg");
        _work.Refusal(string.Empty, "test").Message.Should().EndWith("it has no part 'test'; it has train2017, val2017. Say --split NAME.");
        _work.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void The_only_part_is_taken_where_none_is_named()
    {
        _work.WithFiles("train2017/a.jpg").With("annotations/instances_train2017.json", Json("a.jpg"));

        _work.OpenUnnamed(string.Empty).Split.Should().Be("train2017");
        _work.Warnings.Should().ContainSingle().Which.Should().EndWith("has one part alone, 'train2017', and no 'val': 'train2017' is taken.");
        _work.Refusal(string.Empty).Message.Should().EndWith("it has no part 'val'; it has train2017. Say --split NAME.");
    }

    [Fact]
    public void What_cannot_be_told_is_refused()
    {
        _work.With("empty/a.jpg").With("two/one.json", Json("a.jpg")).With("two/other.json", Json("a.jpg"));

        _work.Refusal("empty").Message.Should().Contain("there is no .json in it");
        _work.Refusal("two").Message.Should().EndWith("it holds 2 files of annotations: one.json, other.json. Name the one that is meant.");
    }

    [Fact]
    public void The_folder_of_pictures_can_be_given()
    {
        _work.With("elsewhere/a.jpg").With("instances.json", Json("a.jpg"));

        _work.Pictures(_work.Open("instances.json", "val", ("images-folder", _work["elsewhere"]))).Should().Equal("elsewhere/a.jpg");
        _work.Refusal("instances.json", "val", ("images-folder", _work["gone"])).Message.Should().EndWith("--images-folder names it, and it is no folder that is there.");
    }

    [Fact]
    public void Outlines_are_passed_over_without_being_held()
    {
        // As COCO's own files: nearly all of it is outlines.
        string outline = string.Join(',', Enumerable.Range(0, 400).Select(static i => $"{i}.25"));
        var text = new StringBuilder("{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\", \"width\": 1000, \"height\": 1000}], \"categories\": [{\"id\": 1, \"name\": \"x\"}], \"annotations\": [");
        const int Count = 8000;
        for (int i = 0; i < Count; i++)
        {
            text.Append(i == 0 ? string.Empty : ",").Append(CultureInfo.InvariantCulture, $"{{\"id\": {i}, \"image_id\": 1, \"category_id\": 1, \"bbox\": [{i % 900}, 1, {1 + (i / 900)}, 5], \"segmentation\": [[{outline}]]}}");
        }

        _work.With("a.jpg").With("instances.json", text.Append("]}").ToString());
        long size = new FileInfo(_work["instances.json"]).Length;
        long before = GC.GetAllocatedBytesForCurrentThread();

        Dataset dataset = _work.Open("instances.json");

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        dataset.Items.Single().Labels.Should().HaveCount(Count);
        size.Should().BeGreaterThan(20_000_000);
        allocated.Should().BeLessThan(size / 2);
    }

    [SharedDataFact]
    public void The_same_boxes_come_from_YOLO_labels_and_from_COCO_annotations()
    {
        // coco8 written as COCO's annotations are.
        using var yolo = new DatasetScratch<YoloPlugin>("yolo");
        Dataset labels = yolo.OpenAt(SharedData.PathOf("data/coco8"), "all");
        var images = new List<string>();
        var annotations = new List<string>();
        foreach (DatasetItem item in labels.Items)
        {
            images.Add($"{{\"id\": {images.Count}, \"file_name\": \"{Path.GetFileName(item.Name)}\", \"width\": 640, \"height\": 480}}");
            annotations.AddRange(item.Labels.Select(label =>
                FormattableString.Invariant($"{{\"image_id\": {images.Count - 1}, \"category_id\": {label.ClassIndex + 1}, \"bbox\": [{label.Box.Left * 640}, {label.Box.Top * 480}, {label.Box.Width * 640}, {label.Box.Height * 480}]}}")));
            _work.With(Path.GetFileName(item.Name));
        }

        string categories = string.Join(", ", Enumerable.Range(1, 80).Select(static id => $"{{\"id\": {id}, \"name\": \"{id}\"}}"));
        _work.With("instances.json", $"{{\"images\": [{string.Join(", ", images)}], \"annotations\": [{string.Join(", ", annotations)}], \"categories\": [{categories}]}}");

        Dataset coco = _work.Open("instances.json");

        coco.Items.Sum(static item => item.Labels.Length).Should().Be(30);
        coco.Items.SelectMany(static item => item.Labels).Select(static label => (label.ClassIndex, Math.Round(label.Box.Right / 640, 4))).Should()
            .Equal(labels.Items.SelectMany(static item => item.Labels).Select(static label => (label.ClassIndex, Math.Round(label.Box.Right, 4))));
    }

    private static string Json(string name) =>
        $$"""{"images": [{"id": 1, "file_name": "{{name}}", "width": 10, "height": 10}], "annotations": [], "categories": [{"id": 1, "name": "x"}]}""";
}
