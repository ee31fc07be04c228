using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetVoc;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>What stands in an XML file of annotations, right and wrong.</summary>
public sealed class VocAnnotationTests : IDisposable
{
    private readonly DatasetScratch<VocPlugin> _work = new("voc");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Numbers_are_the_first_and_last_pixel_counted_from_1_unless_said_otherwise()
    {
        DatasetItem item = Read(VocXml.Object("cat", "1", "11", "100", "20.5"));

        item.Unit.Should().Be(BoxUnit.Pixels);
        item.Labels.Single().Box.Should().Be(new Box(0, 10, 100, 20.5));
        _work.Open(string.Empty, "val", ("box-numbers", "corners")).Items.Single().Labels.Single().Box.Should().Be(new Box(1, 11, 100, 20.5));
    }

    [Fact]
    public void What_is_told_of_an_object_and_of_the_picture_is_kept()
    {
        DatasetItem item = Read(VocXml.Object("cat", "1", "1", "9", "9", "<difficult>1</difficult>"), VocXml.Object("dog"), VocXml.Object("cat", "2", "2", "9", "9", string.Empty));

        item.Labels.Select(static label => (label.ClassIndex, label.IsDifficult, label.Line)).Should().Equal((0, true, 4), (1, false, 5), (0, false, 6));
        (item.ClaimedWidth, item.ClaimedHeight).Should().Be((100, 80));
        item.LabelFile.Should().Be(_work["a.xml"]);
        item.Faults.Should().BeEmpty();
    }

    [Fact]
    public void Parts_of_a_body_are_no_objects()
    {
        DatasetItem item = Read(VocXml.Object("person", "5", "5", "50", "60", "<part><name>head</name><bndbox><xmin>7</xmin><ymin>7</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></part>"));

        item.Labels.Single().Box.Should().Be(new Box(4, 4, 50, 60));
    }

    [Theory]
    [InlineData("degenerate box", FaultSeverity.Warning, "453", "81", "453", "182")]
    [InlineData("degenerate box", FaultSeverity.Warning, "20", "81", "10", "182")]
    [InlineData("not a number", FaultSeverity.Error, "one", "81", "453", "182")]
    [InlineData("not a number", FaultSeverity.Error, "1", "NaN", "453", "182")]
    [InlineData("not a number", FaultSeverity.Error, "1", "", "453", "182")]
    public void A_faulty_box_is_told_with_its_place(string kind, FaultSeverity severity, string xmin, string ymin, string xmax, string ymax)
    {
        DatasetItem item = Read(VocXml.Object("cat"), VocXml.Object("cat", xmin, ymin, xmax, ymax));

        item.Labels.Should().ContainSingle();
        DatasetFault fault = item.Faults.Should().ContainSingle().Subject;
        (fault.Kind, fault.Severity, fault.Line, _work.Short(fault.File)).Should().Be((kind, severity, 5, "a.xml"));
    }

    [Fact]
    public void The_same_box_twice_counts_twice_and_is_noted()
    {
        DatasetItem item = Read(VocXml.Object("cat"), VocXml.Object("dog"), VocXml.Object("cat"));

        item.Labels.Should().HaveCount(3);
        item.Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(static fault => fault.Kind == "duplicate box" && fault.Severity == FaultSeverity.Note && fault.Line == 6);
    }

    [Theory]
    [InlineData("object without a class", 4, "<object><bndbox/></object>")]
    [InlineData("object without a box", 4, "<object><name>cat</name></object>")]
    [InlineData("unreadable annotations", 5, "<object>")]
    public void What_cannot_be_read_makes_the_picture_unusable(string kind, int line, string text)
    {
        DatasetItem item = Read(text);

        item.Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(fault => fault.Kind == kind && fault.Severity == FaultSeverity.Error && fault.Line == line);
    }

    [Theory]
    [InlineData("<!DOCTYPE annotation [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><annotation><object><name>&e;</name></object></annotation>", "DTD is prohibited")]
    [InlineData("<?xml version=\"1.0\"?><html></html>", "begin with <annotation>")]
    [InlineData("", "It is no XML that can be read")]
    [InlineData("0 0.5 0.5 0.1 0.1", "It is no XML that can be read")]
    public void Nothing_but_annotations_is_read(string text, string message)
    {
        DatasetItem item = _work.With("a.jpg").With("a.xml", text).Open(string.Empty).Items.Single();

        item.Faults.Single().Message.Should().Contain(message);
        item.Faults.Single().Severity.Should().Be(FaultSeverity.Error);
    }

    [Fact]
    public void Given_names_are_the_classes_and_others_are_unknown()
    {
        _work.With("labels.txt", "dog\ncat\n");

        DatasetItem item = Read(VocXml.Object("cat"), VocXml.Object("cow"));

        item.Labels.Single().ClassIndex.Should().Be(1);
        item.Faults.Single().Kind.Should().Be("unknown class");
    }

    private DatasetItem Read(params string[] objects) => _work.With("a.jpg").With("a.xml", VocXml.Of(objects)).Open(string.Empty).Items.Single();
}
