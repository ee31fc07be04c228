using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

public sealed class AnchorsTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Anchors_of_drawn_scenes_are_written_under_the_masks_and_nothing_else_changes()
    {
        HostResult result = _work.Run("anchors", "--data", "synthetic", "--count", "40", "--out", "fit").ShouldSucceed();

        _work.Entries.Should().Equal("fit/", "fit/sample.cfg");
        result.Output.Should().MatchRegex("(?s)sample at .*, 'train': [\\d,]+ objects.*now .*found .*Written to .*sample\\.cfg");
        string[] before = File.ReadAllLines(HostInstallation.SampleCfg);
        string[] after = File.ReadAllLines(_work["fit/sample.cfg"]);
        after.Should().HaveSameCount(before);
        for (int i = 0; i < before.Length; i++)
        {
            bool isAnchors = before[i].StartsWith("anchors", StringComparison.Ordinal);
            (after[i] == before[i]).Should().Be(!isAnchors, before[i]);
        }
    }

    [Fact]
    public void Json_tells_both_and_that_the_found_ones_fit_better()
    {
        JsonElement json = Json();

        Mean(json, "found").Should().BeGreaterThan(Mean(json, "now") + 0.01);
        double[] areas = [.. json.GetProperty("found").GetProperty("anchors").EnumerateArray().Select(static anchor => anchor[0].GetDouble() * anchor[1].GetDouble())];
        areas.Should().BeInAscendingOrder();
        json.GetProperty("written").ValueKind.Should().Be(JsonValueKind.Null);
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void One_seed_gives_one_result()
    {
        Json("--seed", "3").ToString().Should().Be(Json("--seed", "3").ToString());
    }

    [Fact]
    public void Other_numbers_are_told_and_not_written()
    {
        JsonElement json = Json("--anchors", "2");

        json.GetProperty("found").GetProperty("anchors").GetArrayLength().Should().Be(2);
        _work.Run("anchors", "--data", "synthetic", "--anchors", "2", "--out", "o").ShouldFail(2, "error: --anchors 2 cannot be written: the heads of *sample.cfg pick *");
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_larger_input_has_larger_anchors()
    {
        double[] small = Widths(Json("--size", "128"));
        double[] large = Widths(Json("--size", "256"));

        for (int i = 0; i < small.Length; i++)
        {
            (large[i] / small[i]).Should().BeInRange(1.9, 2.1);
        }
    }

    [Fact]
    public void Too_few_objects_are_told_of()
    {
        YoloSet.Make(_work);

        _work.Run("anchors", "--data", "set", "--split", "val").ShouldFail(2, "error: *set: anchors cannot be found for the split 'val'. The boxes have 1 different sizes; * anchors need as many.*");
    }

    [Fact]
    public void Without_data_and_with_odd_counts_it_says_what_is_missing()
    {
        _work.Run("anchors").ShouldFail(2, "error: Say which objects the anchors are for: --data PATH|NAME.*");
        _work.Run("anchors", "--data", "synthetic", "--anchors", "0").ShouldFail(2, "error: --anchors takes a whole number of at least 1, not '0'.*");
    }

    [Fact]
    public void What_is_there_is_replaced_only_by_force()
    {
        _work.Write("mine.cfg", "mine");

        _work.Run("anchors", "--data", "synthetic", "--count", "20", "--out", "mine.cfg").ShouldFail(2, "error: *mine.cfg exists and is not overwritten.*");
        File.ReadAllText(_work["mine.cfg"]).Should().Be("mine");
        _work.Run("anchors", "--data", "synthetic", "--count", "20", "--out", "mine.cfg", "--force").ShouldSucceed();
        _work.Entries.Should().Equal("mine.cfg");
        _work.Run("anchors", "--model", "mine.cfg", "--data", "synthetic", "--count", "20", "--out", "again").ShouldSucceed()
            .Output.Should().Contain("with the anchors that the network has: they fit no worse");
        File.ReadAllText(_work["again/mine.cfg"]).Should().Be(File.ReadAllText(_work["mine.cfg"]));
    }

    private JsonElement Json(params string[] more) =>
        _work.Run(["anchors", "--data", "synthetic", "--count", "40", "--json", .. more]).ShouldSucceed().Json();

    private static double Mean(JsonElement json, string which) => json.GetProperty(which).GetProperty("meanIou").GetDouble();

    private static double[] Widths(JsonElement json) =>
        [.. json.GetProperty("found").GetProperty("anchors").EnumerateArray().Select(static anchor => anchor[0].GetDouble())];
}
