using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetCoco;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>What stands in a file of COCO annotations, right and wrong.</summary>
public sealed class CocoTests : IDisposable
{
    private const string Images = """{"id": 7, "file_name": "a.jpg", "width": 640, "height": 480}, {"id": 3, "file_name": "b.jpg", "width": 640, "height": 480}""";
    private const string Categories = """{"id": 44, "name": "dog", "supercategory": "animal"}, {"id": 1, "name": "person"}""";
    private const string Good = """{"id": 1, "image_id": 7, "category_id": 44, "bbox": [10, 20.5, 30, 40], "area": 600.25, "iscrowd": 0, "segmentation": [[1, 2, 3, 4, 5, 6]]}""";

    private readonly DatasetScratch<CocoPlugin> _work = new("coco");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Annotations_belong_to_pictures_by_id_and_classes_follow_the_ids_of_categories()
    {
        Dataset dataset = Read(Good, """{"image_id": 7, "id": 2, "iscrowd": 1, "segmentation": {"counts": [1, 2], "size": [480, 640]}, "bbox": [0, 0, 640, 480], "category_id": 1}""");

        dataset.ClassNames.Should().Equal("person", "dog");
        _work.Pictures(dataset).Should().Equal("a.jpg", "b.jpg");
        DatasetItem item = dataset.Items[0];
        item.Unit.Should().Be(BoxUnit.Pixels);
        (item.ClaimedWidth, item.ClaimedHeight).Should().Be((640, 480));
        item.Labels[0].Should().Be(new ObjectLabel(1, new Box(10, 20.5, 40, 60.5)) { Area = 600.25 });
        item.Labels[1].Should().Be(new ObjectLabel(0, new Box(0, 0, 640, 480)) { IsCrowd = true });
        item.Faults.Should().BeEmpty();
        dataset.Items[1].Labels.Should().BeEmpty();
        dataset.Faults.Should().BeEmpty();
    }

    [Fact]
    public void The_order_of_the_file_can_be_asked_for()
    {
        Read(Good);

        Dataset dataset = _work.Open("instances.json", "val", ("class-order", "file"));

        dataset.ClassNames.Should().Equal("dog", "person");
        dataset.Items[0].Labels[0].ClassIndex.Should().Be(0);
    }

    [Fact]
    public void The_lists_may_come_in_any_order_with_anything_between_them()
    {
        _work.WithFiles("a.jpg", "b.jpg");
        Write($$$"""{"info": {"images": [{"id": 1}]}, "annotations": [{{{Good}}}], "licenses": [[], {"bbox": [1]}], "categories": [{{{Categories}}}], "images": [{{{Images}}}]}""");

        _work.Open("instances.json").Items[0].Labels.Should().ContainSingle();
    }

    [Theory]
    [InlineData("degenerate box", FaultSeverity.Warning, """{"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, 0, 4]}""")]
    [InlineData("degenerate box", FaultSeverity.Warning, """{"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, 5, -4]}""")]
    [InlineData("not a box", FaultSeverity.Error, """{"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, 5]}""")]
    [InlineData("not a box", FaultSeverity.Error, """{"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, 5, 6, 7]}""")]
    [InlineData("not a box", FaultSeverity.Error, """{"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, "wide", 6]}""")]
    [InlineData("not a box", FaultSeverity.Error, """{"id": 2, "image_id": 7, "category_id": 1, "bbox": [1, 2, 1e999, 6]}""")]
    [InlineData("object without a box", FaultSeverity.Error, """{"id": 2, "image_id": 7, "category_id": 1, "caption": "a dog"}""")]
    [InlineData("unknown class", FaultSeverity.Error, """{"id": 2, "image_id": 7, "category_id": 2, "bbox": [1, 2, 5, 6]}""")]
    [InlineData("unknown class", FaultSeverity.Error, """{"id": 2, "image_id": 7, "bbox": [1, 2, 5, 6]}""")]
    public void A_faulty_annotation_is_told_and_left_out(string kind, FaultSeverity severity, string annotation)
    {
        DatasetItem item = Read(Good, annotation).Items[0];

        item.Labels.Should().ContainSingle();
        DatasetFault fault = item.Faults.Should().ContainSingle().Subject;
        (fault.Kind, fault.Severity).Should().Be((kind, severity));
        fault.Message.Should().Contain("nnotation 2 ");
    }

    [Theory]
    [InlineData("labels without a picture", FaultSeverity.Warning, """{"id": 2, "image_id": 8, "category_id": 1, "bbox": [1, 2, 5, 6]}""")]
    [InlineData("labels without a picture", FaultSeverity.Warning, """{"id": 2, "image_id": "a.jpg", "category_id": 1, "bbox": [1, 2, 5, 6]}""")]
    [InlineData("duplicate id", FaultSeverity.Note, """{"id": 1, "image_id": 3, "category_id": 1, "bbox": [1, 2, 5, 6]}""")]
    public void What_belongs_to_no_picture_is_told_of_the_whole(string kind, FaultSeverity severity, string annotation) =>
        Read(Good, annotation).Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(fault => fault.Kind == kind && fault.Severity == severity);

    [Theory]
    [InlineData("missing picture", FaultSeverity.Error, """{"id": 9, "file_name": "gone.jpg", "width": 1, "height": 1}""")]
    [InlineData("missing size", FaultSeverity.Note, """{"id": 9, "file_name": "c.jpg", "width": 0}""")]
    [InlineData("name differs in case", FaultSeverity.Warning, """{"id": 9, "file_name": "C.JPG", "width": 1, "height": 1}""")]
    [InlineData("duplicate id", FaultSeverity.Error, """{"id": 7, "file_name": "c.jpg", "width": 1, "height": 1}""")]
    public void A_faulty_picture_is_told(string kind, FaultSeverity severity, string image)
    {
        _work.With("c.jpg").WithFiles("a.jpg", "b.jpg");
        Write($$"""{"images": [{{Images}}, {{image}}], "annotations": [], "categories": [{{Categories}}]}""");

        _work.Open("instances.json").Items[2].Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(fault => fault.Kind == kind && fault.Severity == severity);
    }

    [Fact]
    public void A_picture_that_is_listed_twice_has_the_annotations_of_both()
    {
        _work.WithFiles("a.jpg", "b.jpg");
        Write($$"""{"images": [{{Images}}, {"id": 8, "file_name": "a.jpg"}], "annotations": [{{Good}}, {"id": 2, "image_id": 8, "category_id": 1, "bbox": [1, 2, 5, 6]}], "categories": [{{Categories}}]}""");

        Dataset dataset = _work.Open("instances.json");

        dataset.Items.Should().HaveCount(2);
        dataset.Items[0].Labels.Should().HaveCount(2);
        dataset.Faults.Single().Kind.Should().Be("picture listed twice");
    }

    [Fact]
    public void Pictures_without_a_name_and_categories_with_one_id_are_errors_of_the_whole()
    {
        _work.WithFiles("a.jpg", "b.jpg");
        Write($$"""{"images": [{{Images}}, {"id": 8}], "annotations": [], "categories": [{{Categories}}, {"id": 1, "name": "human"}]}""");

        _work.Open("instances.json").Faults.Select(static fault => (fault.Severity, fault.Kind)).Should()
            .Equal((FaultSeverity.Error, "duplicate id"), (FaultSeverity.Error, "picture without a name"));
    }

    [Theory]
    [InlineData("[{\"image_id\": 1, \"bbox\": [1, 2, 3, 4], \"score\": 0.5}]", "*instances.json: it is a list, as results of detectors are; *")]
    [InlineData("{\"images\": [", "*instances.json, line 1: it is no JSON that can be read: *")]
    [InlineData("", "*instances.json, line 1: it is no JSON that can be read: *")]
    [InlineData("\n\n{]", "*instances.json, line 3: it is no JSON that can be read: *")]
    [InlineData("{\"images\": [], \"shapes\": []}", "*instances.json: it has no list 'annotations' and no list 'categories'; COCO's instances have 'images', 'annotations' and 'categories'.")]
    [InlineData("{\"images\": [], \"annotations\": [], \"categories\": [{\"name\": \"x\"}]}", "*instances.json: the category number 1 lacks a whole number as its 'id', or its 'name'.")]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"x/y.jpg\"}], \"annotations\": [], \"categories\": []}", "*instances.json: none of its pictures is found, 'x/y.jpg' for instance; looked into *. Say where they are: --images-folder DIR.")]
    public void What_is_no_such_file_is_refused(string text, string message)
    {
        Write(text);

        _work.Refusal("instances.json").Message.Should().Match(message);
    }

    [Fact]
    public void A_mark_of_byte_order_is_passed_over()
    {
        _work.WithFiles("a.jpg", "b.jpg");
        Write("\uFEFF" + Json(Good));

        _work.Open("instances.json").Items.Should().HaveCount(2);
    }

    private Dataset Read(params string[] annotations)
    {
        _work.WithFiles("a.jpg", "b.jpg");
        Write(Json(annotations));
        return _work.Open("instances.json");
    }

    private static string Json(params string[] annotations) =>
        $$"""{"images": [{{Images}}], "annotations": [{{string.Join(", ", annotations)}}], "categories": [{{Categories}}]}""";

    private void Write(string text) => _work.With("instances.json", text);
}
