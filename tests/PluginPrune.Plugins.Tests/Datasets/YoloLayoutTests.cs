using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetYolo;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>The ways in which pictures and labels are laid out.</summary>
public sealed class YoloLayoutTests : IDisposable
{
    private const string Row = "0 0.5 0.5 0.1 0.1\n";

    private readonly DatasetScratch<YoloPlugin> _work = new("yolo");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("images/a.jpg", "labels/a.txt")]
    [InlineData("images/train2017/a.jpg", "labels/train2017/a.txt")]
    [InlineData("train/images/a.png", "train/labels/a.txt")]
    [InlineData("images/train/deep/er/a.bmp", "labels/train/deep/er/a.txt")]
    [InlineData("train/a.jpg", "train/a.txt")]
    [InlineData("a.jpg", "a.txt")]
    [InlineData("my-images/images/train/a.jpg", "my-images/labels/train/a.txt", "my-images")]
    [InlineData("images/train/a.b.c.JPG", "labels/train/a.b.c.txt")]
    [InlineData("Images/Train/a.jpg", "Labels/Train/a.txt")]
    [InlineData("data/images/train/a.jpg", "data/labels/train/a.txt", "data/images/train")]
    [InlineData("data/images/train/a.jpg", "data/labels/train/a.txt", "data/images")]
    public void A_folder_needs_no_description(string picture, string labels, string folder = "")
    {
        Dataset dataset = _work.With(picture, string.Empty).With(labels, Row).Open(folder, "train");

        _work.Pictures(dataset).Should().Equal(picture);
        dataset.Items[0].LabelFile.Should().Be(_work[labels]);
        dataset.Items[0].Labels.Should().ContainSingle();
        dataset.Items[0].Faults.Should().BeEmpty();
        dataset.Faults.Should().BeEmpty();
    }

    [Fact]
    public void The_parts_are_known_by_their_usual_names()
    {
        _work.WithFiles("images/train2017/a.jpg", "images/val2017/b.jpg", "valid/images/c.jpg");

        _work.Pictures(_work.Open(string.Empty, "train")).Should().Equal("images/train2017/a.jpg");
        _work.Pictures(_work.Open(string.Empty, "train2017")).Should().Equal("images/train2017/a.jpg");
        _work.Pictures(_work.Open(string.Empty, "val2017")).Should().Equal("images/val2017/b.jpg");
        _work.Pictures(_work.Open(string.Empty, "val")).Should().Equal("valid/images/c.jpg");
        _work.Open(string.Empty, "all").Items.Should().HaveCount(3);
        _work.Refusal(string.Empty, "test").Message.Should().Match("* it has no part 'test'; it has train2017, val2017, valid. Say --split NAME.");
    }

    [Theory]
    [InlineData("b", "train2017")]
    [InlineData("a/set.data", "train")]
    [InlineData("a/set.yaml", "train")]
    public void The_only_part_is_taken_where_none_is_named(string name, string part)
    {
        _work.With("a/set.data", "classes=1\ntrain=list.txt\n").With("a/list.txt", "../b/images/train2017/a.jpg\n").With("a/set.yaml", "train: ../b/images/train2017\nnames: [cat]\n")
            .WithFiles("b/images/train2017/a.jpg");

        Dataset dataset = _work.OpenUnnamed(name);

        _work.Pictures(dataset).Should().Equal("b/images/train2017/a.jpg");
        dataset.Split.Should().Be(part);
        _work.Warnings.Should().ContainSingle().Which.Should().EndWith($"has one part alone, '{part}', and no 'val': '{part}' is taken.");
        _work.Refusal(name).Message.Should().EndWith($"it has no part 'val'; it has {part}. Say --split NAME.");
    }

    [Fact]
    public void Of_several_parts_none_is_taken_unasked()
    {
        _work.WithFiles("images/train/a.jpg", "images/test/b.jpg");

        FluentActions.Invoking(() => _work.OpenUnnamed(string.Empty)).Should().Throw<InputException>().WithMessage("*it has no part 'val'; it has test, train. Say --split NAME.");
        _work.OpenUnnamed(string.Empty, "train").Split.Should().Be("train");
        _work.OpenUnnamed(string.Empty, "all").Split.Should().BeNull();
    }

    [Fact]
    public void A_folder_without_parts_is_taken_whole_and_that_is_told()
    {
        _work.WithFiles("images/b.jpg", "images/a.jpg");

        _work.Pictures(_work.Open(string.Empty)).Should().Equal("images/a.jpg", "images/b.jpg");
        _work.Warnings.Should().ContainSingle().Which.Should().EndWith("is not divided into parts; all 2 pictures are taken for 'val'.");
    }

    [Fact]
    public void Darknets_description_is_read_from_its_folder_and_from_the_current_one()
    {
        // As people keep it: cfg/obj.data with paths from the folder above.
        _work.With("cfg/obj.data", "# mine\nclasses= 2\ntrain  = data/train.txt\nvalid=data/test.txt\nnames = data/obj.names\nbackup = backup/\neval=coco\n")
            .With("data/obj.names", "cat\n\ndog\n")
            .With("data/test.txt", "data/images/a.jpg\r\ndata/images/b.jpg\r\n")
            .WithFiles("data/images/a.jpg", "data/images/b.jpg")
            .With("data/labels/a.txt", Row);

        Dataset dataset = _work.Open("cfg/obj.data");

        dataset.ClassNames.Should().Equal("cat", "dog");
        _work.Pictures(dataset).Should().Equal("data/images/a.jpg", "data/images/b.jpg");
        dataset.Items[0].Labels.Should().ContainSingle();
        dataset.Faults.Should().BeEmpty();
        _work.Warnings.Should().BeEmpty();
        _work.Open("cfg").Items.Should().HaveCount(2);
        _work.Refusal("cfg/obj.data", "train").Message.Should().Match("*obj.data: it names 'data/train.txt' for 'train', which is not there; tried from *cfg, *");
        _work.Refusal("cfg/obj.data", "test").Message.Should().EndWith("it has no part 'test'; it has train, valid. Say --split NAME.");
    }

    [Theory]
    [InlineData("classes=two\nvalid=v.txt", "*obj.data, line 1: 'classes' takes a whole number of at least 1, not 'two'.")]
    [InlineData("classes=1\nvalid v.txt", "*obj.data, line 2: 'valid v.txt' is no 'key = value', as all lines of a .data file are.")]
    [InlineData("classes=1\nvalid=v.txt\nnames=gone.names", "*obj.data, line 3: it names 'gone.names', which is not there; tried from *")]
    [InlineData("classes=1\nnames=x.names", "*obj.data: it names no pictures: there is no 'train', 'val' or 'test' in it.")]
    [InlineData("  \n", "*obj.data: it is empty, or a pipe or a device.")]
    public void A_faulty_description_is_refused(string text, string message)
    {
        _work.With("obj.data", text).With("v.txt", "a.jpg").With("a.jpg");

        _work.Refusal("obj.data").Message.Should().Match(message);
    }

    [Fact]
    public void A_list_names_pictures_however_their_paths_are_meant()
    {
        _work.With("data/lists/val.txt", "./images/a.jpg\n\n../images/b.jpg\n/content/darknet/data/images/c.jpg\nC:\\mine\\data\\images\\d.jpg\nimages\\E.JPG\nimages/a.jpg\nimages/gone.jpg\n")
            .WithFiles("data/images/a.jpg", "data/images/b.jpg", "data/images/c.jpg", "data/images/d.jpg", "data/images/e.jpg")
            .With("data/labels/b.txt", Row);

        Dataset dataset = _work.Open("data/lists/val.txt");

        _work.Pictures(dataset).Should().Equal("data/images/a.jpg", "data/images/b.jpg", "data/images/c.jpg", "data/images/d.jpg", "data/images/e.jpg", "data/lists/images/gone.jpg");
        dataset.Items[1].Labels.Should().ContainSingle();
        dataset.Items[4].Faults.Should().Contain(static fault => fault.Kind == "name differs in case" && fault.Severity == FaultSeverity.Warning && fault.Line == 6);
        dataset.Items[5].Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(static fault => fault.Kind == "missing picture" && fault.Severity == FaultSeverity.Error && fault.Line == 8);
        dataset.Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(static fault => fault.Kind == "picture listed twice" && fault.Line == 7);
        FluentActions.Invoking(dataset.Items[5].Open).Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void A_list_of_nothing_that_is_there_is_refused()
    {
        _work.With("val.txt", "x/1.jpg\nx/2.jpg\n").With("a.txt", Row);

        _work.Refusal("val.txt").Message.Should().Match("*val.txt: none of the pictures that it lists is there. The first is 'x/1.jpg'; tried from *");
        _work.Refusal("a.txt").Message.Should().Match("*a.txt: it holds labels of one picture, not a list of pictures.*");
    }

    [Fact]
    public void The_scripts_rule_replaces_every_images_below_the_dataset()
    {
        _work.With("my-images/list.txt", "raw-images/a.jpg").With("my-images/raw-images/a.jpg", string.Empty).With("my-images/raw-labels/a.txt", Row);

        _work.Open("my-images/list.txt").Items.Single().LabelFile.Should().Be(_work["my-images/raw-labels/a.txt"]);
    }

    [Fact]
    public void Darknets_voc_labels_are_found()
    {
        _work.With("VOC2007/JPEGImages/a.jpg", string.Empty).With("VOC2007/labels/a.txt", Row).With("val.txt", "VOC2007/JPEGImages/a.jpg");

        _work.Open("val.txt").Items.Single().Labels.Should().ContainSingle();
    }

    [Fact]
    public void Labels_whose_names_differ_in_case_are_found_and_told()
    {
        _work.With("images/0AF.jpg", string.Empty).With("labels/0af.txt", Row);

        DatasetItem item = _work.Open(string.Empty).Items.Single();

        item.Labels.Should().ContainSingle();
        item.Faults.Should().ContainSingle().Which.Kind.Should().Be("name differs in case");
    }

    [Fact]
    public void Labels_without_a_picture_are_noted()
    {
        _work.With("images/a.jpg", string.Empty).With("labels/a.txt", Row).With("labels/b.txt", Row).With("labels/classes.txt", "cat\n");

        Dataset dataset = _work.Open(string.Empty);

        dataset.ClassNames.Should().Equal("cat");
        dataset.Faults.Should().ContainSingle().Which.Should().Match<DatasetFault>(static fault => fault.Kind == "labels without a picture" && fault.Severity == FaultSeverity.Note);
    }

    [Fact]
    public void Hidden_files_are_not_pictures() =>
        _work.Pictures(_work.WithFiles("images/a.jpg", "images/._a.jpg", "images/Thumbs.db").Open(string.Empty)).Should().Equal("images/a.jpg");

    [Fact]
    public void Names_can_be_given()
    {
        _work.With("images/a.jpg").With("mine", "x\ny\n").With("one.names", "a\n").With("two.names", "b\n");

        _work.Open(string.Empty, "val", ("class-names", _work["mine"])).ClassNames.Should().Equal("x", "y");
        _work.Open(string.Empty).ClassNames.Should().BeEmpty();
        _work.Warnings.Should().Contain(static warning => warning.Contains("holds 2 files of class names (one.names, two.names)", StringComparison.Ordinal));
        _work.Refusal(string.Empty, "val", ("class-names", "gone")).Message.Should().EndWith("--class-names names it, and it does not exist.");
    }

    [Fact]
    public void An_empty_folder_is_refused() =>
        _work.With("readme.md").Refusal(string.Empty).Message.Should().EndWith("there are no pictures in it, nor in 'images' or a folder called train, val or test.");
}
