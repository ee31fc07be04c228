using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetSynthetic;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>Scenes that are drawn: the same ones always and everywhere, and worth looking for things in.</summary>
public sealed class SyntheticTests
{
    [Fact]
    public void A_seed_makes_the_very_same_scenes_on_every_machine()
    {
        byte[] scenes = [.. Open(count: 8).Items.SelectMany(static item => Bytes(item).Concat(Encoding.ASCII.GetBytes(string.Join(' ', item.Labels.Select(static label => $"{label.ClassIndex} {label.Box}")))))];

        // Written down once. Whoever changes how scenes are made changes what networks were trained on.
        Convert.ToHexStringLower(SHA256.HashData(scenes)).Should().Be("2f26e2f304efa213ce54fd0167ca051bd4723e3aa8859352ffda9e609baccf24");
    }

    [Fact]
    public void A_scene_is_a_picture_of_the_size_that_was_asked_for()
    {
        byte[] file = Bytes(Open(count: 1, size: 96).Items[0]);

        Encoding.ASCII.GetString(file, 0, 13).Should().Be("P6\n96 96\n255\n");
        file.Should().HaveCount(13 + (3 * 96 * 96));
    }

    [Fact]
    public void Any_scene_can_be_opened_at_any_time_and_from_any_thread()
    {
        Dataset dataset = Open(count: 24);
        string[] inOrder = [.. dataset.Items.Select(HashOf)];
        string[] atOnce = new string[inOrder.Length];

        Parallel.For(0, atOnce.Length, i => atOnce[i] = HashOf(dataset.Items[atOnce.Length - 1 - i]));

        atOnce.Reverse().Should().Equal(inOrder);
        inOrder.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Fewer_scenes_are_the_first_of_more()
    {
        string[] few = [.. Open(count: 5).Items.Select(HashOf)];

        Open(count: 9).Items.Take(5).Select(HashOf).Should().Equal(few);
    }

    [Fact]
    public void Parts_and_seeds_have_no_scene_in_common()
    {
        Dataset[] sets = [Open(count: 5), Open(count: 5, split: "train"), Open(count: 5, split: "test"), Open(count: 5, seed: 1), Open(count: 5, seed: -1)];

        sets.SelectMany(static set => set.Items).Select(HashOf).Should().OnlyHaveUniqueItems();
        Open(count: 5, split: "valid").Items.Select(HashOf).Should().Equal(sets[0].Items.Select(HashOf));
    }

    [Fact]
    public void Boxes_lie_in_the_picture_and_classes_are_equally_frequent()
    {
        Dataset dataset = Open(count: 1000);
        ObjectLabel[] labels = [.. dataset.Items.SelectMany(static item => item.Labels)];

        dataset.ClassNames.Should().Equal("disc", "ring", "triangle", "star", "cross");
        labels.Should().OnlyContain(static label => label.Box.Left >= 0 && label.Box.Top >= 0 && label.Box.Right <= 160 && label.Box.Bottom <= 160 && !label.Box.IsEmpty);
        labels.CountBy(static label => label.ClassIndex).Should().HaveCount(5).And.OnlyContain(pair => pair.Value > labels.Length * 0.16 && pair.Value < labels.Length * 0.24);
        (labels.Length / 1000.0).Should().BeInRange(2.5, 5);
        dataset.Items.Count(static item => item.Labels.IsEmpty).Should().BeInRange(20, 100);

        double[] sides = [.. labels.Select(static label => Math.Max(label.Box.Width, label.Box.Height) / 160).Order()];
        sides[0].Should().BeGreaterThanOrEqualTo(0.07);
        sides[^1].Should().BeInRange(0.5, 0.66);
        sides[sides.Length / 2].Should().BeInRange(0.15, 0.3);
    }

    [Fact]
    public void The_same_scene_in_another_size_has_the_same_labels()
    {
        Dataset small = Open(count: 20, size: 80);
        Dataset large = Open(count: 20, size: 160);

        for (int i = 0; i < 20; i++)
        {
            large.Items[i].Labels.Select(static label => (label.ClassIndex, Math.Round(label.Box.Left / 2), Math.Round(label.Box.Bottom / 2))).Should()
                .Equal(small.Items[i].Labels.Select(static label => (label.ClassIndex, Math.Round(label.Box.Left), Math.Round(label.Box.Bottom))));
        }
    }

    [Fact]
    public void It_has_the_three_usual_parts_and_no_others()
    {
        Open(count: 2, split: "all").Items.Select(static item => item.Name).Should().Equal(
            "synthetic/train/000000.ppm", "synthetic/train/000001.ppm", "synthetic/val/000000.ppm", "synthetic/val/000001.ppm", "synthetic/test/000000.ppm", "synthetic/test/000001.ppm");
        FluentActions.Invoking(static () => Open(count: 2, split: "vall")).Should().Throw<InputException>().WithMessage("synthetic: it has no part 'vall'; it has train, val, test. Say --split NAME.");
    }

    [Fact]
    public void It_reads_no_files() =>
        Assert.Throws<InputException>(() => PluginFactory.Create<SyntheticPlugin, IDatasetFormat>("synthetic").Open(new DatasetSource("/tmp", "val", static _ => { }), CancellationToken.None))
            .Message.Should().EndWith("Name the dataset alone: --data synthetic.");

    private static Dataset Open(int count, int size = 160, string split = "val", int seed = 0)
    {
        (string, string)[] options = [("count", $"{count}"), ("size", $"{size}"), ("scene-seed", $"{seed}")];
        return PluginFactory.Create<SyntheticPlugin, IDatasetFormat>("synthetic", options).Open(new DatasetSource(null, split, static _ => { }), CancellationToken.None);
    }

    private static byte[] Bytes(DatasetItem item)
    {
        using Stream stream = item.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string HashOf(DatasetItem item) => Convert.ToHexString(SHA256.HashData(Bytes(item)));
}
