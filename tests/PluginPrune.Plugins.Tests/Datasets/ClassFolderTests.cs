using System.IO.Compression;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetCifar;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Datasets;

public sealed class ClassFolderTests : IDisposable
{
    private readonly DatasetScratch<CifarPlugin> _set = new("folders");

    [Fact]
    public void A_folder_for_each_class_in_a_folder_for_each_part()
    {
        _set.WithFiles("train/dog/b.jpg", "train/dog/a.png", "train/cat/a.jpg", "train/emu/deep/x.jpg", "test/cat/1.jpg", "test/ant/1.jpg", "readme.txt", "train/lost.jpg");

        Dataset train = _set.Open(string.Empty, "training");
        Dataset test = _set.Open(string.Empty, "test");

        train.ClassNames.Should().Equal("ant", "cat", "dog", "emu").And.Equal(test.ClassNames);
        train.Split.Should().Be("train");
        _set.Pictures(train).Should().Equal("train/cat/a.jpg", "train/dog/a.png", "train/dog/b.jpg", "train/emu/deep/x.jpg");
        train.Items.Select(static item => item.ClassIndex).Should().Equal(1, 2, 2, 3);
        train.Faults.Should().ContainSingle().Which.Kind.Should().Be("picture without a class");
        _set.Pictures(test).Should().Equal("test/ant/1.jpg", "test/cat/1.jpg");
        _set.Open(string.Empty, "all").Items.Should().HaveCount(6);
    }

    [Fact]
    public void The_test_part_is_measured_on_where_there_is_no_other()
    {
        _set.WithFiles("train/dog/b.jpg", "test/dog/1.jpg");

        _set.Pictures(_set.Open(string.Empty)).Should().Equal("test/dog/1.jpg");
        _set.Warnings.Should().ContainSingle().Which.Should().Contain("no part 'val': 'test' is taken");
        _set.Refusal(string.Empty, "holiday").Message.Should().Contain("it has test, train");
    }

    [Fact]
    public void Classes_alone_are_taken_whole_and_outer_folders_do_not_count()
    {
        _set.WithFiles("archive/pets/dog/b.jpg", "archive/pets/cat/1.jpg");

        Dataset dataset = _set.Open(string.Empty, "train");

        dataset.ClassNames.Should().Equal("cat", "dog");
        dataset.Split.Should().BeNull();
        _set.Warnings.Should().ContainSingle().Which.Should().Contain("not divided");
    }

    [Fact]
    public void A_zip_is_read_as_the_folder_that_it_was_by_many_at_once()
    {
        using (ZipArchive zip = ZipFile.Open(_set["pets.zip"], ZipArchiveMode.Create))
        {
            for (int i = 0; i < 40; i++)
            {
                using Stream entry = zip.CreateEntry($"pets/train/{(i % 2 == 0 ? "cat" : "dog")}/{i:00}.jpg").Open();
                entry.Write([.. Enumerable.Repeat((byte)i, 5000)]);
            }

            zip.CreateEntry("__MACOSX/pets/train/cat/._00.jpg");
        }

        Dataset dataset = _set.Open("pets.zip", "train");

        dataset.Name.Should().Be("pets");
        dataset.ClassNames.Should().Equal("cat", "dog");
        dataset.Items.Should().HaveCount(40);
        _set.Short(dataset.Items[1].Name).Should().Be("pets.zip/pets/train/cat/02.jpg");
        Parallel.ForEach(dataset.Items, item =>
        {
            using Stream stream = item.Open();
            stream.ReadByte().Should().Be(int.Parse(Path.GetFileNameWithoutExtension(item.Name), System.Globalization.CultureInfo.InvariantCulture));
        });
    }

    [Fact]
    public void What_is_no_such_dataset_says_why()
    {
        _set.WithFiles("flat/a.jpg", "flat/b.jpg", "empty/a.txt").With("broken.zip", "PK\u0003\u0004 no");

        _set.Refusal("flat").Message.Should().Contain("a folder for each class");
        _set.Refusal("empty").Message.Should().Contain("no pictures");
        _set.Refusal("broken.zip").Message.Should().Contain("no zip, or is cut off");
    }

    [SharedDataFact]
    public void The_shared_pictures_of_CIFAR()
    {
        Dataset dataset = _set.OpenAt(SharedData.PathOf("data/cifar10/cifar10-subset-5000train-2000test.zip"), "train");

        dataset.Items.Should().HaveCount(5000);
        dataset.Items.CountBy(static item => item.ClassIndex!.Value).Should().HaveCount(10).And.OnlyContain(static pair => pair.Value == 500);
    }

    public void Dispose() => _set.Dispose();
}
