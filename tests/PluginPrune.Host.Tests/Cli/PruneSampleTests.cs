using System.Diagnostics;
using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host prune` on the bundled sample, as the README's first command runs it.</summary>
public sealed class PruneSampleTests : IDisposable
{
    private static readonly string[] ModelFiles = ["plan.json", "report.json", "sample.cfg", "sample.weights"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_first_command_prunes_the_sample_into_a_new_folder()
    {
        HostResult result = _work.Run("prune", "--criterion", "slim").ShouldSucceed();

        _work.Entries.Should().Equal([
            "runs/", "runs/sample-slim-1/", .. ModelFiles.Select(static file => "runs/sample-slim-1/" + file)]);
        result.Output.Should().Contain("sample, pruned by slim").And.Contain("Verified").And.Contain(_work["runs/sample-slim-1"]);
        result.Lines.Where(static line => !line.StartsWith("warning: ", StringComparison.Ordinal)).Should().BeEmpty();
        JsonElement report = Report("runs/sample-slim-1");
        report.GetProperty("after").GetProperty("parameters").GetInt32().Should().BeLessThan(
            report.GetProperty("before").GetProperty("parameters").GetInt32() / 2);
        report.GetProperty("verification").GetProperty("compactAgainstFolded").GetProperty("largest").GetDouble().Should().BeInRange(0, 1e-4);
        long bytes = report.GetProperty("after").GetProperty("bytes").GetInt64();
        new FileInfo(_work["runs/sample-slim-1/sample.weights"]).Length.Should().BeInRange(bytes, bytes + 20, "a header of 20 bytes stands in front");
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("sample-tiny")]
    public void The_samples_lose_seven_tenths_of_their_parameters_and_no_point_of_mAP(string sample)
    {
        using var work = new Workplace { Measures = true };

        JsonElement report = work.Run("prune", "--criterion", "slim", "--model", sample, "--json").ShouldSucceed().Json();

        double Cost(string side) => report.GetProperty(side).GetProperty("parameters").GetDouble();
        double[] precision = [.. report.GetProperty("evaluation").GetProperty("networks").EnumerateArray().Select(static network =>
            network.GetProperty("detection").GetProperty("metrics")[0].GetProperty("value").GetDouble())];
        Cost("after").Should().BeLessThanOrEqualTo(0.3 * Cost("before"));
        precision[0].Should().BeGreaterThan(0.6, "it was trained");
        precision[1].Should().BeGreaterThanOrEqualTo(precision[0] - 0.01, "nothing was fine-tuned since");
    }

    [Fact]
    public void It_is_measured_on_its_scenes_whatever_lies_in_the_folder_and_gives_up_no_more_than_it_may()
    {
        using var work = new Workplace { Measures = true };
        Directory.CreateDirectory(work["synthetic"]);

        JsonElement[] networks = [.. work.Run("prune", "--criterion", "slim", "--model", "sample-tiny", "--max-drop", "0.05", "--dry-run", "--json").ShouldSucceed().Json()
            .GetProperty("evaluation").GetProperty("networks").EnumerateArray()];

        double Precision(int network) => networks[network].GetProperty("detection").GetProperty("metrics")[0].GetProperty("value").GetDouble();
        Precision(0).Should().BeGreaterThan(0.6, "it was trained");
        Precision(1).Should().BeGreaterThanOrEqualTo(Precision(0) - 0.05);
    }

    [Fact]
    public void Every_run_gets_a_folder_of_its_own()
    {
        _work.Run("prune", "--criterion", "slim", "--no-verify").ShouldSucceed();
        _work.Run("prune", "--criterion", "slim", "--no-verify").ShouldSucceed();
        _work.Run("prune", "--criterion", "normal", "--no-verify").ShouldSucceed();
        _work.Run("prune", "--blocks", "1", "--no-verify").ShouldSucceed();
        _work.Run("prune", "--plan", "runs/sample-slim-1/plan.json", "--no-verify").ShouldSucceed();

        Directory.GetDirectories(_work["runs"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .Should().Equal("sample-blocks-1", "sample-normal-1", "sample-plan-1", "sample-slim-1", "sample-slim-2");
        _work.Hashes("runs/sample-slim-2")["sample.weights"].Should().Be(_work.Hashes("runs/sample-slim-1")["sample.weights"]);
    }

    [Fact]
    public void Runs_that_begin_together_get_folders_of_their_own_too()
    {
        Process[] processes = [.. Enumerable.Range(0, 4).Select(_ => _work.Start("prune", "--criterion", "slim", "--no-verify"))];

        foreach (Process process in processes)
        {
            Workplace.Finish(process).ShouldSucceed();
        }

        _work.Entries.Should().BeEquivalentTo(
            ["runs/", .. Enumerable.Range(1, 4).Select(static number => $"runs/sample-slim-{number}/").SelectMany(static folder => ModelFiles.Select(file => folder + file).Prepend(folder))]);
    }

    [Theory]
    [InlineData("--criterion", "slim")]
    [InlineData("--criterion", "normal")]
    [InlineData("--criterion", "shortcut")]
    [InlineData("--criterion", "slim", "--scope", "scripts")]
    [InlineData("--criterion", "normal", "--scope", "scripts")]
    [InlineData("--criterion", "shortcut", "--percent", "0.6", "--scope", "scripts")]
    [InlineData("--blocks", "2")]
    [InlineData("--criterion", "slim", "--blocks", "2", "--order", "channels-first")]
    [InlineData("--criterion", "slim", "--blocks", "2", "--order", "blocks-first")]
    [InlineData("--criterion", "normal", "--blocks", "5", "--block-criterion", "bn-mean")]
    public void What_is_written_is_verified_and_can_be_read_again(params string[] what)
    {
        JsonElement report = _work.Run(["prune", .. what, "--out", "small", "--json"]).ShouldSucceed().Json();

        JsonElement again = _work.Run("prune", "--criterion", "none", "--model", "small/sample.cfg", "--dry-run", "--json").ShouldSucceed().Json();

        report.GetProperty("verification").GetProperty("compactAgainstFolded").GetProperty("largest").GetDouble().Should().BeInRange(0, 1e-4);
        again.GetProperty("before").ToString().Should().Be(again.GetProperty("after").ToString(), "none takes nothing");
        foreach (string cost in new[] { "parameters", "gflops", "bytes", "channels" })
        {
            again.GetProperty("before").GetProperty(cost).GetDouble().Should().Be(report.GetProperty("after").GetProperty(cost).GetDouble());
        }

        again.GetProperty("verification").GetProperty("compactAgainstOriginal").GetProperty("overall").GetDouble().Should().Be(0);
        report.GetProperty("removedBlocks").GetArrayLength().Should().Be(Array.IndexOf(what, "--blocks") is >= 0 and var i ? what[i + 1][0] - '0' : 0);
    }

    [Fact]
    public void The_order_of_channels_and_blocks_is_kept_in_the_plan_and_matters()
    {
        string[] common = ["prune", "--criterion", "slim", "--global-percent", "0.6", "--blocks", "2", "--no-verify"];
        _work.Run([.. common, "--order", "channels-first", "--out", "channels"]).ShouldSucceed();
        _work.Run([.. common, "--order", "blocks-first", "--out", "blocks"]).ShouldSucceed();
        _work.Run([.. common, "--out", "standard"]).ShouldSucceed();

        Plan("channels").GetProperty("made").GetProperty("order").GetString().Should().Be("channels-first");
        Plan("blocks").GetProperty("made").GetProperty("order").GetString().Should().Be("blocks-first");
        _work.Hashes("standard")["plan.json"].Should().Be(_work.Hashes("channels")["plan.json"]);
        _work.Hashes("blocks")["sample.weights"].Should().NotBe(_work.Hashes("channels")["sample.weights"]);
    }

    [Fact]
    public void Json_stands_alone_on_standard_output()
    {
        HostResult result = _work.Run("prune", "--criterion", "slim", "--json", "--out", "small").ShouldSucceed();

        result.Error.Should().BeEmpty();
        JsonElement json = result.Json();
        json.GetProperty("folder").GetString().Should().Be(_work["small"]);
        json.GetProperty("files").EnumerateArray().Select(static file => file.GetString()).Should().BeEquivalentTo(ModelFiles);
        json.GetProperty("layers").GetArrayLength().Should().Be(json.GetProperty("before").GetProperty("layers").GetInt32());
    }

    [Fact]
    public void Quiet_leaves_the_warnings_out_and_the_result_in()
    {
        HostResult result = _work.Run("prune", "--criterion", "slim", "--quiet", "--no-verify").ShouldSucceed();

        result.Error.Should().BeEmpty();
        result.Output.Should().Contain("parameters");
    }

    [Fact]
    public void Verbose_names_every_layer()
    {
        HostResult result = _work.Run("prune", "--criterion", "slim", "--blocks", "1", "--verbose", "--no-verify", "--dry-run").ShouldSucceed();

        result.Output.Split('\n').Count(static line => line.Contains("convolutional", StringComparison.Ordinal)).Should().BeGreaterThan(10);
        result.Output.Should().Contain("removed");
    }

    [Fact]
    public void A_dry_run_tells_and_writes_nothing()
    {
        HostResult result = _work.Run("prune", "--criterion", "slim", "--dry-run").ShouldSucceed();
        HostResult elsewhere = _work.Run("prune", "--criterion", "slim", "--dry-run", "--out", "small").ShouldSucceed();

        result.Output.Should().Contain("Nothing was written").And.Contain("Verified");
        elsewhere.Output.Should().Contain("Nothing was written");
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Verification_runs_unless_it_is_left_out()
    {
        _work.Run("prune", "--criterion", "slim", "--out", "a").ShouldSucceed();
        _work.Run("prune", "--criterion", "slim", "--out", "b", "--verify").ShouldSucceed();
        HostResult without = _work.Run("prune", "--criterion", "slim", "--out", "c", "--no-verify").ShouldSucceed();

        Report("a").TryGetProperty("verification", out _).Should().BeTrue();
        Report("b").GetProperty("verification").ToString().Should().Be(Report("a").GetProperty("verification").ToString());
        Report("c").TryGetProperty("verification", out _).Should().BeFalse();
        without.Output.Should().NotContain("Verified");
        Hashes("c").Should().Equal(Hashes("a"));
    }

    [Theory]
    [InlineData("--global_percent 0.6 --layer_keep 0.1 --shortcuts 2", "--global-percent 0.6 --layer-keep 0.1 --blocks 2")]
    [InlineData("--global-percent=0.6 --layer-keep:0.1 --blocks=2", "--global-percent 0.6 --layer-keep 0.1 --blocks 2")]
    [InlineData("--set slim.global_percent=0.6 --set pluginprune.criterion-bn/slim.layer-keep=0.1", "--global-percent 0.6 --layer-keep 0.1")]
    [InlineData("--seed 7 --threads 1 --no-verify", "--seed 7")]
    public void Other_spellings_mean_the_same(string one, string other)
    {
        _work.Run(["prune", "--criterion", "slim", "--out", "one", .. one.Split(' ')]).ShouldSucceed();
        _work.Run(["prune", "--criterion", "slim", "--out", "other", .. other.Split(' ')]).ShouldSucceed();

        Hashes("one").Should().Equal(Hashes("other"));
        _work.Hashes("one")["plan.json"].Should().Be(_work.Hashes("other")["plan.json"]);
    }

    [Fact]
    public void Cfg_and_weights_may_be_named_with_the_scripts_words_and_lie_apart()
    {
        File.Copy(HostInstallation.SampleCfg, _work["net.cfg"]);
        File.Copy(HostInstallation.SampleWeights, _work["trained.bin"]);

        HostResult result = _work.Run("prune", "--criterion", "slim", "--cfg", "net.cfg", "--weights", "trained.bin", "--no-verify").ShouldSucceed();

        result.Error.Should().BeEmpty("it may well be trained");
        File.Exists(_work["runs/net-slim-1/net.cfg"]).Should().BeTrue();
    }

    [Fact]
    public void The_same_command_gives_the_same_bytes()
    {
        string[] args = ["prune", "--criterion", "slim", "--blocks", "2", "--seed", "5"];

        _work.Run([.. args, "--out", "a"]).ShouldSucceed();
        _work.Run([.. args, "--out", "b"]).ShouldSucceed();

        Hashes("a").Should().Equal(Hashes("b"));
        _work.Hashes("a")["plan.json"].Should().Be(_work.Hashes("b")["plan.json"]);
    }

    [Fact]
    public void A_plan_applied_again_gives_the_same_bytes()
    {
        _work.Run("prune", "--criterion", "slim", "--blocks", "2", "--out", "a").ShouldSucceed();

        HostResult result = _work.Run("prune", "--plan", "a/plan.json", "--out", "b").ShouldSucceed();

        Hashes("a").Should().Equal(Hashes("b"));
        result.Output.Should().Contain("pruned by the plan plan.json");
    }

    [Fact]
    public void A_plan_for_another_network_is_refused()
    {
        _work.Run("prune", "--criterion", "slim", "--out", "a", "--no-verify").ShouldSucceed();

        HostResult result = _work.Run("prune", "--plan", "a/plan.json", "--model", "a/sample.cfg", "--out", "b");

        result.ShouldFail(2);
        Directory.Exists(_work["b"]).Should().BeFalse();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void Rounding_leaves_a_multiple_or_all(int multiple)
    {
        JsonElement report = _work.Run("prune", "--criterion", "slim", "--round-to", $"{multiple}", "--out", "small", "--json").ShouldSucceed().Json();

        (int Before, int After)[] layers =
        [
            .. report.GetProperty("layers").EnumerateArray().Where(static layer => layer.GetProperty("parametersBefore").GetInt64() > 0)
                .Select(static layer => (layer.GetProperty("channelsBefore").GetInt32(), layer.GetProperty("channelsAfter").GetInt32())),
        ];
        layers.Should().HaveCountGreaterThan(10).And.OnlyContain(layer => layer.After % multiple == 0 || layer.After == layer.Before);
        layers.Should().Contain(static layer => layer.After < layer.Before);
    }

    [Fact]
    public void The_logit_of_a_single_class_can_be_made_certain()
    {
        // One class instead of five: 3 anchors of 6 channels.
        string cfg = File.ReadAllText(HostInstallation.SampleCfg).Replace("filters=30", "filters=18", StringComparison.Ordinal).Replace("classes=5", "classes=1", StringComparison.Ordinal);
        cfg.Should().Contain("classes=1").And.Contain("filters=18", "the sample must be what this test thinks it is");
        TestKit.SyntheticWeights.Write(_work.Write("one.cfg", cfg), _work["one.weights"]);

        HostResult kept = _work.Run("prune", "--criterion", "slim", "--model", "one.cfg", "--out", "keep").ShouldSucceed();
        HostResult made = _work.Run("prune", "--criterion", "slim", "--model", "one.cfg", "--out", "certain", "--class-logit", "certain").ShouldSucceed();

        kept.Error.Should().Contain("pass --class-logit certain");
        made.Error.Should().NotContain("--class-logit");
        byte[] keep = File.ReadAllBytes(_work["keep/one.weights"]);
        byte[] certain = File.ReadAllBytes(_work["certain/one.weights"]);
        _work.Hashes("keep")["one.cfg"].Should().Be(_work.Hashes("certain")["one.cfg"]);
        certain.Should().HaveSameCount(keep);
        keep.Zip(certain).Count(static pair => pair.First != pair.Second).Should().BeInRange(1, keep.Length / 4, "the filters of two heads' class logits alone");
    }

    [Fact]
    public void The_epsilon_of_batch_normalization_can_be_said()
    {
        string[] args = ["prune", "--criterion", "slim", "--out"];

        _work.Run([.. args, "a"]).ShouldSucceed();
        _work.Run([.. args, "b", "--bn-eps", "1E-05"]).ShouldSucceed();
        _work.Run([.. args, "c", "--bn-eps", "0.1"]).ShouldSucceed();

        Change("b").Should().Be(Change("a"));
        Change("c").Should().NotBe(Change("a"), "the network computes something else with it");
        Hashes("c").Should().Equal(Hashes("a"), "the means that constants are folded into stand apart from it");
    }

    [Fact]
    public void The_scripts_scope_leaves_other_layers_out_and_is_written_down()
    {
        _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "full").ShouldSucceed();
        HostResult result = _work.Run("prune", "--criterion", "slim", "--no-verify", "--scope", "scripts", "--out", "scripts").ShouldSucceed();

        result.Output.Should().Contain("scope scripts");
        Plan("scripts").GetProperty("made").GetProperty("scope").GetString().Should().Be("scripts");
        Plan("scripts").GetProperty("groups").ToString().Should().NotBe(Plan("full").GetProperty("groups").ToString());
    }

    private Dictionary<string, string> Hashes(string folder) =>
        _work.Hashes(folder).Where(static file => !file.Key.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    private double Change(string folder) =>
        Report(folder).GetProperty("verification").GetProperty("compactAgainstOriginal").GetProperty("overall").GetDouble();

    private JsonElement Report(string folder) => Json(folder, "report.json");

    private JsonElement Plan(string folder) => Json(folder, "plan.json");

    private JsonElement Json(string folder, string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_work[$"{folder}/{name}"]));
        return json.RootElement.Clone();
    }
}
