using System.Text.Json;
using PluginPrune.Host.Tests.Cli;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Data;

/// <summary>`host data check`, on sets made here and on real ones.</summary>
public sealed class DataCheckTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_good_dataset_has_nothing_wrong()
    {
        HostResult result = _work.Run("data", "check", "--data", "synthetic", "--count", "20", "--size", "64").ShouldSucceed();

        result.Output.Should().StartWith("synthetic, 'val', read as synthetic: 20 pictures, ").And.EndWith("\nNothing is wrong.\n").And.Contain("pictures: 20 PPM or PGM; 0 landscape, 0 portrait, 20 square; 1 size");
        result.Error.Should().BeEmpty();
    }

    [Fact]
    public void All_that_is_wrong_is_told_with_its_place()
    {
        Lay("a", "0 0.5 0.5 0.5 0.5\n1 0.5 0.5 0 0.1\n");
        Lay("b", "0 0.5 0.5 0.5 0.5\n7 0.5 0.5 0.5 0.5\n");
        Lay("c", "1 0.2 0.2 0.2 0.2\n");
        _work.Write("set/images/damaged.ppm", "P6\n16 16\n255\n");
        _work.Write("set/labels/lost.txt", "0 0.5 0.5 0.5 0.5\n");
        _work.Write("set/set.names", "cat\ndog\n");

        HostResult result = _work.Run("data", "check", "--data", "set", "--split", "all");

        result.ExitCode.Should().Be(2);
        result.Error.Should().BeEmpty();
        Expectation.Check("data-check", result.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_same_as_json_and_in_full()
    {
        for (int i = 0; i < 5; i++)
        {
            Lay($"{i}", "0 0.5 0.5 0 0.5\n");
        }

        HostResult json = _work.Run("data", "check", "--data", "set", "--split", "all", "--json").ShouldSucceed();

        JsonElement faults = json.Json().GetProperty("faults").EnumerateArray().Single(static group => group.GetProperty("kind").GetString() == "degenerate box");
        faults.GetProperty("severity").GetString().Should().Be("warning");
        faults.GetProperty("count").GetInt32().Should().Be(5);
        faults.GetProperty("places")[4].GetProperty("file").GetString().Should().Be(Path.Combine("set", "labels", "4.txt"));
        json.Json().GetProperty("pictures").GetInt32().Should().Be(5);

        string text = _work.Run("data", "check", "--data", "set", "--split", "all").ShouldSucceed().Output;
        text.Should().Contain("  and 2 more; --verbose lists them\n").And.Contain("Nothing keeps it from being used");
        _work.Run("data", "check", "--data", "set", "--split", "all", "--verbose").ShouldSucceed().Output.Should().Contain(Path.Combine("set", "labels", "4.txt") + ", line 1: ").And.NotContain("--verbose");
    }

    [Theory]
    [InlineData("error: Say which pictures: --data PATH|NAME.*", "data", "check")]
    [InlineData("error: gone: there is no such file or folder*", "data", "check", "--data", "gone")]
    [InlineData("error: gone: there is no such file or folder*", "data", "check", "--data", "gone", "--class-names", "x")]
    [InlineData("error: *'yollo'*Did you mean 'yolo'?*", "data", "check", "--data", ".", "--data-format", "yollo")]
    [InlineData("error: --data-format says how labels are written, and no pictures are named.*", "data", "check", "--data-format", "yolo")]
    [InlineData("error: 'host data' needs a command: check.*", "data")]
    [InlineData("error: --count takes a number of at least 1*", "data", "check", "--data", "synthetic", "--count", "0")]
    [InlineData("error: 'host data check' has no option '--skip-bad'.*", "data", "check", "--data", "synthetic", "--skip-bad")]
    public void A_bad_command_line_is_told(string message, params string[] args) => _work.Run(args).ShouldFail(2, message.Replace("a number of at least 1", "a number*1", StringComparison.Ordinal));

    [SharedDataFact]
    public void Real_sets_are_as_they_are_known_to_be()
    {
        JsonElement coco = Check("coco256-yolo", "--split", "train");
        JsonElement blood = Check("bccd-voc/BCCD", "--split", "all");
        JsonElement raccoons = Check("raccoon-voc");

        coco.GetProperty("objects").GetProperty("count").GetInt32().Should().Be(929);
        coco.GetProperty("objects").GetProperty("emptyPictures").GetInt32().Should().Be(2);
        Kinds(coco).Should().BeEquivalentTo("labels without a picture", "no label file");
        blood.GetProperty("objects").GetProperty("count").GetInt32().Should().Be(4886);
        Kinds(blood).Should().Contain("degenerate box");
        raccoons.GetProperty("objects").GetProperty("count").GetInt32().Should().Be(217);
        Kinds(raccoons).Should().NotContain("box outside the picture");
    }

    private JsonElement Check(string set, params string[] more) =>
        _work.Run(["data", "check", "--data", SharedData.PathOf("data/" + set), "--quick", "--json", .. more]).ShouldSucceed().Json();

    private static IEnumerable<string?> Kinds(JsonElement report) => report.GetProperty("faults").EnumerateArray().Select(static group => group.GetProperty("kind").GetString());

    private void Lay(string name, string labels)
    {
        Directory.CreateDirectory(_work["set/images"]);
        Directory.CreateDirectory(_work["set/labels"]);
        File.WriteAllBytes(_work[$"set/images/{name}.ppm"], [.. "P6\n16 16\n255\n"u8, .. Enumerable.Repeat((byte)name[0], 16 * 16 * 3)]);
        _work.Write($"set/labels/{name}.txt", labels);
    }
}
