using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host prune --criterion taylor`: the loss of labelled pictures says what goes.</summary>
public sealed class TaylorTests : IDisposable
{
    private static readonly string[] Prune = ["prune", "--criterion", "taylor", "--model", "sample-tiny", "--no-verify", "--no-measure", "--threads", "1"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void A_sample_is_pruned_by_its_own_pictures_or_by_those_that_are_named_the_same_for_one_seed()
    {
        string[] few = [.. Prune, "--taylor-of", "gates", "--taylor-pictures", "8"];
        _work.Run([.. few, "--to-flops", "50%", "--out", "own"]).ShouldSucceed();
        HostResult named = _work.Run([.. few, "--to-flops", "50%", "--data", "synthetic", "--count", "4000", "--out", "named"]).ShouldSucceed();
        _work.Run([.. few, "--to-flops", "50%", "--seed", "1", "--out", "another"]).ShouldSucceed();

        named.Error.Should().NotContain("note:").And.NotContain("warning:");
        named.Output.Should().Contain("pruned by taylor (").And.Contain("taylor-pictures 8");
        Groups("named").Should().Equal(Groups("own"));
        Groups("another").Should().NotEqual(Groups("own"), "other pictures were drawn");
        JsonElement report = Json("own/report.json");
        report.GetProperty("after").GetProperty("gflops").GetDouble().Should().BeLessThanOrEqualTo(report.GetProperty("before").GetProperty("gflops").GetDouble() / 2);
        report.GetProperty("made").GetProperty("criterion.taylor-of").GetString().Should().Be("gates");
    }

    [LibtorchFact]
    public void An_engine_that_does_not_train_is_used_for_all_else()
    {
        HostResult result = _work.Run([.. Prune, "--taylor-pictures", "2", "--engine", "managed", "--out", "small"]).ShouldSucceed();

        result.Error.Should().Contain("note: The engine managed does not train: the loss is looked at with torch.");
    }

    [LibtorchFact]
    public void Others_build_on_it()
    {
        _work.Run("prune", "--criterion", "dual", "--first", "taylor", "--second", "l1", "--set", "taylor.taylor-pictures=2", "--model", "sample-tiny", "--no-verify", "--no-measure", "--out", "small")
            .ShouldSucceed();

        Json("small/plan.json").GetProperty("notes").EnumerateArray().Select(static note => note.GetProperty("text").GetString())
            .Should().Contain(static text => text!.StartsWith("taylor, 60 %: drops ", StringComparison.Ordinal));
    }

    [LibtorchFact]
    public void Each_group_alone_loses_what_it_says_first()
    {
        HostResult result = _work.Run(
            "sensitivity", "--criterion", "taylor", "--taylor-pictures", "2", "--model", "sample-tiny", "--evaluator", "energy", "--data", "synthetic", "--count", "50", "--rates", "0.5", "--out", "table").ShouldSucceed();

        result.Error.Should().NotContain("note:").And.NotContain("warning:");
        Json("table/sensitivity.json").GetProperty("groups").GetArrayLength().Should().BeGreaterThan(3);
    }

    [LibtorchFact]
    public void Where_there_are_no_other_pictures_than_those_measured_on_that_is_told()
    {
        string data = YoloSet.Make(_work);
        Directory.Move(_work["set/images/val"], _work["set/images/train"]);
        Directory.Move(_work["set/labels/val"], _work["set/labels/train"]);

        HostResult result = _work.Run([.. Prune, "--taylor-pictures", "2", "--data", data, "--out", "small"]);
        HostResult named = _work.Run([.. Prune, "--taylor-pictures", "2", "--data", data, "--split", "train", "--dry-run"]);

        result.Error.Should().Contain("The criterion taylor looks at pictures that are measured on too: set has no others.");
        named.Error.Should().Contain("The criterion taylor looks at pictures that are measured on too: --split says 'train'.");
    }

    [LibtorchFact]
    public void Pictures_without_labels_say_nothing()
    {
        string data = YoloSet.Make(_work);
        foreach (string labels in Directory.GetFiles(_work["set/labels/val"]))
        {
            File.WriteAllText(labels, string.Empty);
        }

        _work.Run([.. Prune, "--data", data, "--out", "small"])
            .ShouldFail(2, "*error: What the criterion 'taylor' goes by cannot be measured. None of the * pictures drawn from 'set' has a label of a class that the network knows: *");
    }

    [Fact]
    public void What_is_missing_is_told_in_one_message()
    {
        File.Copy(HostInstallation.SampleCfg, _work["my.cfg"]);
        File.Copy(HostInstallation.SampleWeights, _work["my.weights"]);

        _work.Run("prune", "--criterion", "taylor", "--model", "my.cfg", "--out", "small")
            .ShouldFail(2, "error: The criterion 'taylor' needs labelled pictures: name them with --data PATH|NAME.*");
        _work.Run("prune", "--criterion", "dual", "--first", "taylor", "--model", "my.cfg", "--out", "small")
            .ShouldFail(2, "error: The criterion 'taylor' needs labelled pictures: name them with --data PATH|NAME.*");
        _work.Run("inspect", "--criterion", "taylor", "--model", "my.cfg")
            .ShouldFail(2, "error: The criterion 'taylor' needs labelled pictures, and this command takes none: 'host prune --criterion taylor --data PATH --dry-run' shows what would go.*");
        _work.Run("explain", "2", "--criterion", "taylor", "--model", "my.cfg").ShouldFail(2, "error: The criterion 'taylor' needs labelled pictures, and this command takes none: *");
        _work.Run([.. Prune, "--taylor-pictures", "0"]).ShouldFail(2, "*taylor-pictures*0*");
        Directory.Exists(_work["small"]).Should().BeFalse();
    }

    private string[] Groups(string folder) => [.. Json(folder + "/plan.json").GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("kept").GetString()!)];

    private JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(_work[path])).RootElement;
}
