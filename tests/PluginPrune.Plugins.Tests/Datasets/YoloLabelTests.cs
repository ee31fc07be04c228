using System.Text;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetYolo;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>What stands in a label file, right and wrong.</summary>
public sealed class YoloLabelTests : IDisposable
{
    private readonly DatasetScratch<YoloPlugin> _work = new("yolo");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("2 0.5 0.25 0.5 0.25")]
    [InlineData("2\t0.5\t0.25\t0.5\t0.25\r")]
    [InlineData("  2  0.5   0.25 0.5 0.25  ")]
    [InlineData("\uFEFF2 0.5 0.25 0.5 0.25")]
    [InlineData("2.0 5e-1 .25 +0.5 0.250000")]
    [InlineData("\n\n2 0.5 0.25 0.5 0.25\n\n")]
    [InlineData("2 0.25 0.125 0.75 0.125 0.75 0.375 0.25 0.375")]
    [InlineData("2 0.25 0.2 0.5 0.125 0.75 0.375")]
    public void A_row_is_a_box(string row)
    {
        DatasetItem item = Read(row);

        item.Faults.Should().BeEmpty();
        item.Unit.Should().Be(BoxUnit.Relative);
        item.Labels.Should().ContainSingle().Which.Should().Match<ObjectLabel>(static label => label.ClassIndex == 2 && label.Box == new Box(0.25, 0.125, 0.75, 0.375));
    }

    [Theory]
    [InlineData("1 0.5 0.5 0.2", "wrong number of columns")]
    [InlineData("1 0.5 0.5 0.2 0.2 0.9", "wrong number of columns")]
    [InlineData("1", "wrong number of columns")]
    [InlineData("person 0.5 0.5 0.2 0.2", "not a number")]
    [InlineData("1 0,5 0.5 0.2 0.2", "not a number")]
    [InlineData("1 nan 0.5 0.2 0.2", "not a number")]
    [InlineData("1 0.5 0.5 inf 0.2", "not a number")]
    [InlineData("3 0.5 0.5 0.2 0.2", "class out of range")]
    [InlineData("-1 0.5 0.5 0.2 0.2", "class out of range")]
    [InlineData("1.5 0.5 0.5 0.2 0.2", "class out of range")]
    [InlineData("9999999999 0.5 0.5 0.2 0.2", "class out of range")]
    [InlineData("1 320 240 64 48", "not shares of the picture")]
    [InlineData("\0\0\0", "unreadable label file")]
    public void What_cannot_be_meant_makes_the_picture_unusable(string row, string kind)
    {
        DatasetItem item = Read($"0 0.5 0.5 0.1 0.1\n{row}");

        DatasetFault fault = item.Faults.Should().ContainSingle().Subject;
        fault.Severity.Should().Be(FaultSeverity.Error);
        fault.Kind.Should().Be(kind);
        _work.Short(fault.File).Should().Be("labels/a.txt");
        fault.Line.Should().Be(kind == "unreadable label file" ? null : 2);
    }

    [Theory]
    [InlineData("1 0.5 0.5 0 0.2", "degenerate box")]
    [InlineData("1 0.5 0.5 -0.1 0.2", "degenerate box")]
    [InlineData("1 0.1 0.1 0.2 0.1 0.3 0.1", "degenerate polygon")]
    [InlineData("1 1.5 0.5 0.2 0.2", "box outside the picture")]
    [InlineData("0 0.5 0.5 0.1 0.1", "duplicate box")]
    public void What_is_no_object_is_left_out(string row, string kind)
    {
        DatasetItem item = Read($"0 0.5 0.5 0.1 0.1\n{row}\n2 0.5 0.5 0.1 0.1");

        item.Labels.Select(static label => label.Line).Should().Equal(1, 3);
        item.Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(fault => fault.Severity == FaultSeverity.Warning && fault.Kind == kind && fault.Line == 2);
    }

    [Fact]
    public void What_leaves_the_picture_by_rounding_is_cut_off_silently()
    {
        DatasetItem item = Read("0 0.9505 0.5 0.1 0.2");

        item.Faults.Should().BeEmpty();
        item.Labels.Single().Box.Right.Should().Be(1);
        item.Labels.Single().Box.Left.Should().BeApproximately(0.9005, 1e-12);
    }

    [Fact]
    public void What_leaves_it_by_more_is_cut_off_and_told()
    {
        DatasetItem item = Read("0 0.02 0.5 0.1 0.2");

        item.Faults.Should().ContainSingle().Which.Kind.Should().Be("box beyond the edge");
        item.Labels.Single().Box.Left.Should().Be(0);
    }

    [Fact]
    public void An_empty_file_says_that_there_is_nothing_on_the_picture()
    {
        DatasetItem item = Read(string.Empty);

        item.Labels.Should().BeEmpty();
        item.Faults.Should().BeEmpty();
    }

    [Fact]
    public void A_missing_file_says_so_too_and_is_worth_a_note()
    {
        DatasetItem item = _work.With("images/a.jpg").With("set.names", "a\nb").Open(string.Empty).Items.Single();

        item.Labels.Should().BeEmpty();
        item.LabelFile.Should().BeNull();
        item.Faults.Should().ContainSingle().Which.Severity.Should().Be(FaultSeverity.Note);
    }

    [Fact]
    public void Without_names_every_class_is_in_range()
    {
        Dataset dataset = _work.With("images/a.jpg").With("labels/a.txt", "79 0.5 0.5 0.1 0.1").Open(string.Empty);

        dataset.ClassNames.Should().BeEmpty();
        dataset.Items.Single().Faults.Should().BeEmpty();
    }

    [Fact]
    public void Keypoints_behind_a_box_are_no_polygon()
    {
        _work.With("images/a.jpg").With("labels/a.txt", "0 0.5 0.5 0.2 0.2 0.1 0.1 2 0.9 0.9 1").With("data.yaml", "train: images\nval: images\nkpt_shape: [2, 3]\nnames: [dog]\n");

        _work.Open(string.Empty).Items.Single().Labels.Single().Box.Should().Be(Box.FromCenter(0.5, 0.5, 0.2, 0.2));
    }

    [Fact]
    public void Latin_and_Windows_texts_are_read()
    {
        _work.With("images/a.jpg").With("labels/x");
        File.WriteAllText(_work["labels/a.txt"], "1 0.5 0.5 0.5 0.5\r\n", Encoding.Unicode);
        File.WriteAllText(_work["set.names"], "café\r\n\r\nbar\r\n", Encoding.Latin1);

        Dataset dataset = _work.Open(string.Empty);

        dataset.ClassNames.Should().Equal("café", "bar");
        dataset.Items.Single().Labels.Should().ContainSingle();
    }

    private DatasetItem Read(string labels) =>
        _work.With("images/a.jpg").With("set.names", "a\nb\nc\n").With("labels/a.txt", labels).Open(string.Empty).Items.Single();
}
