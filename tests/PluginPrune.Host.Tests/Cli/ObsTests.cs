using System.Text.Json;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host prune --criterion obs`: what the layers behind can do without, on pictures.</summary>
public sealed class ObsTests : IDisposable
{
    private static readonly string[] Prune = ["prune", "--criterion", "obs", "--model", "sample-tiny", "--no-verify", "--no-measure", "--engine", "managed"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_sample_is_pruned_by_its_own_pictures_or_by_those_that_are_named_the_same_for_one_seed_on_any_number_of_threads()
    {
        string[] few = [.. Prune, "--obs-pictures", "4", "--to-flops", "50%"];
        _work.Run([.. few, "--threads", "1", "--out", "own"]).ShouldSucceed();
        HostResult named = _work.Run([.. few, "--threads", "2", "--data", "synthetic", "--count", "4000", "--out", "named"]).ShouldSucceed();
        _work.Run([.. few, "--seed", "1", "--out", "another"]).ShouldSucceed();

        named.Error.Should().NotContain("note:").And.NotContain("warning:");
        named.Output.Should().Contain("pruned by obs (").And.Contain("obs-pictures 4");
        Groups("named").Should().Equal(Groups("own"));
        Groups("another").Should().NotEqual(Groups("own"), "other pictures were drawn");
        JsonElement report = Json("own/report.json");
        report.GetProperty("after").GetProperty("gflops").GetDouble().Should().BeLessThanOrEqualTo(report.GetProperty("before").GetProperty("gflops").GetDouble() / 2);
        report.GetProperty("made").GetProperty("criterion.obs-cost").GetString().Should().Be("flops");
    }

    [Fact]
    public void Pictures_without_labels_do()
    {
        string data = YoloSet.Make(_work);
        foreach (string file in Directory.GetFiles(_work["set/labels"], "*.txt", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, string.Empty);
        }

        _work.Run([.. Prune, "--obs-pictures", "1", "--data", data, "--out", "small"]).ShouldSucceed();
    }

    [Fact]
    public void Fewer_pictures_than_it_looks_at_are_told_once()
    {
        string data = YoloSet.Make(_work);

        HostResult pruned = _work.Run([.. Prune, "--obs-pictures", "500", "--data", data, "--out", "small"]).ShouldSucceed();

        pruned.Error.Split("note: The criterion 'obs' was to look at 500 pictures; ").Should().HaveCount(2);
    }

    [Fact]
    public void Others_build_on_it()
    {
        _work.Run("prune", "--criterion", "dual", "--first", "obs", "--second", "l1", "--set", "obs.obs-pictures=2", "--model", "sample-tiny", "--no-verify", "--no-measure", "--out", "small")
            .ShouldSucceed();

        Json("small/plan.json").GetProperty("notes").EnumerateArray().Select(static note => note.GetProperty("text").GetString())
            .Should().Contain(static text => text!.StartsWith("obs, 60 %: drops ", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_pictures_it_says_what_to_do()
    {
        const string model = "my.cfg";
        File.Copy(HostInstallation.SampleCfg, _work[model]);
        File.Copy(HostInstallation.SampleWeights, _work["my.weights"]);

        _work.Run("prune", "--criterion", "obs", "--model", model, "--out", "small")
            .ShouldFail(2, "error: The criterion 'obs' needs pictures: name them with --data PATH|NAME.*");
        _work.Run("inspect", "--criterion", "obs", "--model", model)
            .ShouldFail(2, "error: The criterion 'obs' needs pictures, and this command takes none: 'host prune --criterion obs --data PATH --dry-run' shows what would go.*");
    }

    [SharedDataFact]
    public void A_classifier_keeps_nearly_all_that_it_knew_where_weights_are_found_anew()
    {
        string[] command =
        [
            "prune", "--coupling", "skip", "--to-flops", "75%", "--model", SharedData.PathOf("data/resnet-cifar10/resnet20-12fca82f.th"), "--no-verify", "--no-measure",
            "--data", SharedData.PathOf("data/cifar10/cifar10-subset-5000train-2000test.zip"), "--reconstruct", "100",
        ];
        _work.Run([.. command, "--criterion", "obs", "--obs-pictures", "100", "--out", "obs"]).ShouldSucceed();
        _work.Run([.. command, "--criterion", "l1", "--out", "l1"]).ShouldSucceed();

        double obs = Top1("obs");
        obs.Should().BeGreaterThan(Top1("l1") + 0.02);
        obs.Should().BeGreaterThan(0.78, "of 0.8135");
    }

    private double Top1(string folder) => _work.Run(
            "eval", "--model", $"{folder}/resnet20-12fca82f.th", "--data", SharedData.PathOf("data/cifar10/cifar10-subset-5000train-2000test.zip"), "--evaluator", "classification", "--engine", "managed", "--json")
        .ShouldSucceed().Json().GetProperty("networks")[0].GetProperty("classification").GetProperty("metrics").EnumerateArray()
        .Single(static metric => metric.GetProperty("name").GetString() == "top-1").GetProperty("value").GetDouble();

    private string[] Groups(string folder) => [.. Json($"{folder}/plan.json").GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("kept").GetString()!)];

    private JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(_work[file])).RootElement;
}
