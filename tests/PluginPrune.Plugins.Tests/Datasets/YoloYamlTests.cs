using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetYolo;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>The .yaml of Ultralytics and of Roboflow's exports.</summary>
public sealed class YoloYamlTests : IDisposable
{
    private readonly DatasetScratch<YoloPlugin> _work = new("yolo");

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("path: ../datasets/set\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  1: dog\n")]
    [InlineData("path: datasets/set\ntrain: images/train\nval: [images/val]\nnames: [cat, dog]\nnc: 2\n")]
    [InlineData("path: /home/somebody/datasets/set # theirs\ntrain: images/train\nval:\n  - images/val\ntest:\nnames: ['cat', \"dog\"]\n")]
    [InlineData("train: ../datasets/set/images/train/\nval: ../datasets/set/images/val/\nnc: 2\nnames: [cat, dog]\n")]
    [InlineData("train: /x/set/images/train\nval: C:\\set\\images\\val\nnames: {1: dog, 0: cat}\n")]
    [InlineData("path: ../datasets/set\nval: val.txt\nnames: set.names\n")]
    public void It_says_where_pictures_and_names_are(string yaml)
    {
        _work.WithFiles("datasets/set/images/val/a.jpg", "datasets/set/images/val/b.jpg", "datasets/set/images/train/c.jpg")
            .With("datasets/set/labels/val/a.txt", "1 0.5 0.5 0.1 0.1\n")
            .With("datasets/set/val.txt", "./images/val/a.jpg\n./images/val/b.jpg\n")
            .With("datasets/set/set.names", "cat\ndog\n")
            .With("code/set.yaml", yaml);
        File.WriteAllText(_work["datasets/set.yaml"], yaml);

        string file = yaml.Contains("path: ../", StringComparison.Ordinal) || yaml.Contains("train: ../", StringComparison.Ordinal) || yaml.StartsWith("path: datasets", StringComparison.Ordinal)
            ? "code/set.yaml" : "datasets/set.yaml";
        Dataset dataset = _work.Open(file);

        dataset.ClassNames.Should().Equal("cat", "dog");
        _work.Pictures(dataset).Should().Equal("datasets/set/images/val/a.jpg", "datasets/set/images/val/b.jpg");
        dataset.Items[0].Labels.Single().ClassIndex.Should().Be(1);
    }

    [Fact]
    public void A_list_and_folders_together_make_one_part()
    {
        _work.WithFiles("a/1.jpg", "b/2.jpg", "b/3.jpg").With("list.txt", "a/1.jpg\nb/2.jpg\n").With("data.yaml", "val: [list.txt, b]\nnames: [x]\n");

        _work.Pictures(_work.Open("data.yaml")).Should().Equal("a/1.jpg", "b/2.jpg", "b/3.jpg");
    }

    [Theory]
    [InlineData("val: images\nnames: {0: a, 2: b}\n", "*, line 2: 'names' has 2 classes, whose numbers are not 0 to 1.")]
    [InlineData("val: images\nnames: {0: a, x: b}\n", "*, line 2: 'names' takes whole numbers of at least 0, not 'x'.")]
    [InlineData("val: images\nnc: many\nnames: [a]\n", "*, line 2: 'nc' takes whole numbers of at least 0, not 'many'.")]
    [InlineData("val: gone/folder\nnames: [a]\n", "*data.yaml: it names 'gone/folder' for 'val', which is not there; tried from *")]
    [InlineData("val: {a: b}\nnames: [a]\n", "*, line 1: 'val' takes a folder, a list file, or several of them.")]
    [InlineData("names: [a]\n", "*: it names no pictures: there is no 'train', 'val' or 'test' in it.")]
    [InlineData("train: images\n", "*: it has no part 'val'; it has train. Say --split NAME.")]
    [InlineData("val: [images\n", "*data.yaml, line *: it is no YAML that can be read: *")]
    [InlineData("- val\n", "*: it is no list of keys and values; a dataset has 'train', 'val' and 'names'.")]
    public void A_faulty_one_is_refused(string yaml, string message) =>
        _work.With("images/a.jpg").With("data.yaml", yaml).Refusal("data.yaml").Message.Should().Match(message);

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Nesting_without_end_does_not_end_the_program(string opening) =>
        _work.With("data.yaml", "val: " + (opening == "- " ? "\n" : string.Empty) + string.Concat(Enumerable.Repeat(opening, 100_000))).Refusal("data.yaml")
            .Message.Should().Contain("it is nested more than 64 deep");

    [Fact]
    public void A_wrong_count_is_told_and_the_names_count()
    {
        _work.With("images/a.jpg").With("labels/a.txt", "2 0.5 0.5 0.1 0.1").With("data.yaml", "val: images\nnc: 3\nnames: [a, b]\n");

        _work.Open("data.yaml").Items.Single().Faults.Single().Kind.Should().Be("class out of range");
        _work.Warnings.Should().ContainSingle().Which.Should().EndWith("says 3 classes and names 2; the names count.");
    }

    [Fact]
    public void A_folder_with_a_description_is_read_by_it()
    {
        _work.With("pictures/a.jpg").With("hyp.yaml", "lr0: 0.01\n").With("set.yaml", "val: pictures\nnames: [a]\n");

        _work.Open(string.Empty).ClassNames.Should().Equal("a");
        _work.With("other.yaml", "val: pictures\n").Refusal(string.Empty).Message.Should().EndWith("it holds 2 descriptions of a dataset: other.yaml, set.yaml. Name the one that is meant.");
        _work.With("data.yaml", "val: pictures\nnames: [b]\n").Open(string.Empty).ClassNames.Should().Equal("b");
    }
}
