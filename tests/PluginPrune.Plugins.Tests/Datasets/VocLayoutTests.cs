using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetVoc;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>The ways in which pictures and annotations are laid out.</summary>
public sealed class VocLayoutTests : IDisposable
{
    private readonly DatasetScratch<VocPlugin> _work = new("voc");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("JPEGImages/a.jpg", "Annotations/a.xml")]
    [InlineData("images/a.png", "annotations/a.xml")]
    [InlineData("Images/a.PNG", "Annotation/a.xml")]
    [InlineData("images/a.jpg", "annotations/xmls/a.xml")]
    [InlineData("images/a.jpg", "labels/a.xml")]
    [InlineData("images/a.jpg", "images/a.xml")]
    [InlineData("a.jpg", "a.xml")]
    [InlineData("images/train/a.jpg", "annotations/train/a.xml")]
    [InlineData("images/train/a.jpg", "annotations/a.xml")]
    [InlineData("train/a.jpg", "train/a.xml")]
    [InlineData("train/images/a.jpg", "train/annotations/a.xml")]
    public void A_folder_is_understood(string picture, string annotations)
    {
        Dataset dataset = _work.With(picture, string.Empty).With(annotations, VocXml.Of(VocXml.Object("cat"))).Open(string.Empty, "train");

        _work.Pictures(dataset).Should().Equal(picture);
        dataset.Items[0].LabelFile.Should().Be(_work[annotations]);
        dataset.Items[0].Faults.Should().BeEmpty();
        dataset.ClassNames.Should().Equal("cat");
    }

    [Fact]
    public void Names_that_differ_in_case_alone_are_different_files()
    {
        _work.WithFiles("a.jpg", "A.jpg", "b.jpg").With("b.xml", VocXml.Of(VocXml.Object("x"))).With("z.xml", VocXml.Of(VocXml.Object("x"))).With("val.txt", "b\n").With("val.TXT", "a\n");

        _work.Pictures(_work.Open(string.Empty)).Should().ContainSingle();
        _work.Open(string.Empty, "all").Items.Should().HaveCount(3);
    }

    [Fact]
    public void Labels_of_another_kind_in_the_way_are_passed_over() =>
        _work.With("images/a.jpg", string.Empty).With("images/a.xml", VocXml.Of(VocXml.Object("cat"))).With("labels/a.txt", "0 0.5 0.5 0.1 0.1")
            .Open(string.Empty).Items.Single().Labels.Should().ContainSingle();

    [Theory]
    [InlineData("ImageSets/Main/train.txt", "JPEGImages/a.jpg", "Annotations/a.xml")]
    [InlineData("other.md", "train/a.jpg", "train/a.xml")]
    public void The_only_part_is_taken_where_none_is_named(string list, string picture, string annotation)
    {
        _work.With(list, "a\n").WithFiles(picture).With(annotation, VocXml.Of(VocXml.Object("dog")));

        Dataset dataset = _work.OpenUnnamed(string.Empty);

        _work.Pictures(dataset).Should().Equal(picture);
        dataset.Split.Should().Be("train");
        _work.Warnings.Should().ContainSingle().Which.Should().EndWith("has one part alone, 'train', and no 'val': 'train' is taken.");
        _work.Refusal(string.Empty).Message.Should().EndWith("it has no part 'val'; it has train. Say --split NAME.");
    }

    [Fact]
    public void Lists_divide_it_and_classes_are_those_of_all_parts()
    {
        _work.With("ImageSets/Main/train.txt", "a\n").With("ImageSets/Main/val.txt", "b\r\nc\r\n\r\nb\r\ngone\r\n").With("ImageSets/Main/trainval.txt", "a\nb\nc\n").With("ImageSets/Main/cat_val.txt", "b  1\nc -1\n")
            .WithFiles("JPEGImages/a.jpg", "JPEGImages/b.jpg", "JPEGImages/c.jpg")
            .With("Annotations/a.xml", VocXml.Of(VocXml.Object("dog"), VocXml.Object("ant")))
            .With("Annotations/b.xml", VocXml.Of(VocXml.Object("cat")));

        Dataset dataset = _work.Open(string.Empty);

        dataset.ClassNames.Should().Equal("ant", "cat", "dog");
        _work.Pictures(dataset).Should().Equal("JPEGImages/b.jpg", "JPEGImages/c.jpg", "JPEGImages/gone");
        dataset.Items[1].Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(static fault => fault.Kind == "no label file" && fault.Severity == FaultSeverity.Warning);
        dataset.Items[2].Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(static fault => fault.Kind == "missing picture" && fault.Severity == FaultSeverity.Error && fault.Line == 5);
        dataset.Faults.Should().ContainSingle().Which.Kind.Should().Be("picture listed twice");
        _work.Open(string.Empty, "trainval").Items.Should().HaveCount(3);
        _work.Open(string.Empty, "cat_val").Items.Should().HaveCount(2);
        _work.Open(string.Empty, "train").ClassNames.Should().Equal("ant", "cat", "dog");
        _work.Open(string.Empty, "all").Items.Should().HaveCount(3);
        _work.Refusal(string.Empty, "test").Message.Should().EndWith("it has no part 'test'; it has train, trainval, val. Say --split NAME.");
    }

    [Fact]
    public void Lists_with_folders_and_extensions_are_understood()
    {
        _work.With("ImageSets/Main/val.txt", "JPEGImages/a.jpg\n/data/VOC2007/JPEGImages/b.png\nc.JPG\n")
            .WithFiles("JPEGImages/a.jpg", "JPEGImages/b.jpg", "JPEGImages/c.jpg").With("Annotations/a.xml", VocXml.Of(VocXml.Object("x")));

        _work.Pictures(_work.Open(string.Empty)).Should().Equal("JPEGImages/a.jpg", "JPEGImages/b.jpg", "JPEGImages/c.jpg");
    }

    [Fact]
    public void Names_that_differ_in_case_are_found_and_told()
    {
        _work.With("0AF.jpg").With("0af.xml", VocXml.Of(VocXml.Object("x")));

        DatasetItem item = _work.Open(string.Empty).Items.Single();

        item.Labels.Should().ContainSingle();
        item.Faults.Single().Kind.Should().Be("name differs in case");
    }

    [Fact]
    public void Annotations_that_name_their_picture_inside_are_its_own()
    {
        _work.WithFiles("other.jpg", "b.jpg").With("1.xml", VocXml.Of(VocXml.Object("x"))).With("2.xml", VocXml.Of(VocXml.Object("x")));

        Dataset dataset = _work.Open(string.Empty);

        dataset.Items.Single(static item => item.LabelFile is not null).Name.Should().EndWith("other.jpg");
        dataset.Faults.Should().ContainSingle().Which.Kind.Should().Be("labels without a picture");
    }

    [Fact]
    public void What_is_no_such_folder_is_refused()
    {
        _work.With("only/a.jpg").With("none/a.xml", VocXml.Of());

        _work.Refusal("only").Message.Should().EndWith("there are no .xml files with annotations in it, nor in a folder called Annotations.");
        _work.Refusal("none").Message.Should().Contain("there are no pictures in ");
        _work.Refusal("only/a.jpg").Message.Should().Contain("it is a file; VOC annotations are read from the folder");
    }
}
