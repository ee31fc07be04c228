using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host sensitivity`, and `host prune --rates-from` with what it wrote.</summary>
public sealed class SensitivityTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_sample_is_measured_and_pruned_as_far_as_each_group_allows()
    {
        HostResult result = Sensitivity("--rates", "30%,0.6").ShouldSucceed();

        result.Output.Should().Contain("sample, channels by slim, synthetic (12 pictures), managed (")
            .And.MatchRegex(@"mAP@0\.5 of the whole network: 0\.\d{4};")
            .And.MatchRegex(@"\n  group +layers +channels +30 % +60 % +within 0\.01 +FLOPs that go\n")
            .And.MatchRegex(@"\n  1\.conv +1 3 +32 +0\.\d{4} +0\.\d{4} +(30 %|60 %|none) ")
            .And.Contain("Not measured: 26.conv: locked: head 27.yolo")
            .And.Contain($"Measured: 29. Written to {_work["o"]}: sensitivity.json, sensitivity.svg");
        _work.Entries.Should().Equal("o/", "o/measurements.jsonl", "o/sensitivity.json", "o/sensitivity.svg");

        JsonElement report = Prune("--max-drop", "0.02", "--out", "small").ShouldSucceed().Json();
        Dictionary<string, JsonElement> curves = Json("o/sensitivity.json").GetProperty("groups").EnumerateArray().ToDictionary(static group => group.GetProperty("group").GetString()!, StringComparer.Ordinal);
        JsonElement plan = Json("small/plan.json");
        int cut = 0;
        foreach (JsonElement group in plan.GetProperty("groups").EnumerateArray())
        {
            int channels = group.GetProperty("channels").GetInt32();
            int wanted = channels;
            if (curves.TryGetValue(group.GetProperty("group").GetString()!, out JsonElement curve))
            {
                // The largest rate up to which no drop is beyond.
                wanted = curve.GetProperty("points").EnumerateArray().TakeWhile(static point => point.GetProperty("drop").GetDouble() <= 0.02)
                    .Select(static point => point.GetProperty("kept").GetInt32()).LastOrDefault(channels);
            }

            CountOf(group.GetProperty("kept").GetString()!).Should().Be(wanted, "of {0}", group.GetProperty("group"));
            cut += wanted < channels ? 1 : 0;
        }

        cut.Should().BePositive();
        plan.GetProperty("made").GetProperty("rates-from").GetString().Should().Be("sensitivity.json");
        plan.GetProperty("made").GetProperty("max-drop").GetString().Should().Be("0.02");
        report.GetProperty("made").GetProperty("criterion").GetString().Should().Be("pluginprune.criterion-bn/slim");
        _work.Run("explain", "12", "--plan", "small/plan.json").ShouldSucceed().Output.Should().Contain("How that came about:").And.Contain("mAP@0.5");
    }

    [Fact]
    public void More_rates_cost_only_what_is_new_and_the_same_ones_nothing()
    {
        Sensitivity("--rates", "0.5", "--groups", "5,6").ShouldSucceed();

        Sensitivity("--rates", "0.25,0.5", "--groups", "5", "--groups", "6").ShouldSucceed().Output.Should().Contain("Measured: 2, 3 known from before.");
        JsonElement again = Sensitivity("--rates", "0.25,0.5", "--groups", "5,6", "--json").ShouldSucceed().Json();

        again.GetProperty("measured").GetInt32().Should().Be(0);
        again.GetProperty("known").GetInt32().Should().Be(5);
        again.GetProperty("groups").GetArrayLength().Should().Be(2);
    }

    [UnixTheory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public void A_run_that_is_stopped_goes_on_where_it_was(string signal, int exitCode)
    {
        JsonElement whole = Sensitivity(["--rates", "0.2..0.8/0.3", "--json"], "whole").ShouldSucceed().Json();
        Process process = _work.Start(Line(["--rates", "0.2..0.8/0.3"], "o"));
        string store = Path.Combine(_work["o"], "measurements.jsonl");
        SpinWait.SpinUntil(() => process.HasExited || (File.Exists(store) && new FileInfo(store).Length > 6000), TimeSpan.FromSeconds(50)).Should().BeTrue();
        using (Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        HostResult stopped = Workplace.Finish(process);
        stopped.ExitCode.Should().Be(exitCode);
        if (signal == "INT")
        {
            stopped.ShouldFail(130, $"error: Interrupted. * measurements are kept in {_work["o"]}: the same command goes on from there.");
        }

        File.Exists(_work["o/sensitivity.json"]).Should().BeFalse();
        JsonElement resumed = Sensitivity("--rates", "0.2..0.8/0.3", "--json").ShouldSucceed().Json();
        resumed.GetProperty("known").GetInt32().Should().BePositive();
        (resumed.GetProperty("known").GetInt32() + resumed.GetProperty("measured").GetInt32()).Should().Be(whole.GetProperty("measured").GetInt32());
        resumed.GetProperty("groups").GetRawText().Should().Be(whole.GetProperty("groups").GetRawText());
        _work.Entries.Where(static entry => entry.StartsWith("o/", StringComparison.Ordinal)).Should().Equal("o/", "o/measurements.jsonl", "o/sensitivity.json", "o/sensitivity.svg");
    }

    [Fact]
    public void Energy_runs_nothing_and_a_folder_of_its_own_is_found_again()
    {
        string[] line = ["sensitivity", "--evaluator", "energy", "--quiet"];

        _work.Run(line).ShouldSucceed().Output.Should().MatchRegex(@"\n  16\.conv +16 +48 +1\.0000 ");
        _work.Run(line).ShouldSucceed();
        _work.Run([.. line, "--criterion", "uniform"]).ShouldSucceed();

        _work.Entries.Should().Equal(
            "runs/", "runs/sample-sensitivity-1/", "runs/sample-sensitivity-1/sensitivity.json", "runs/sample-sensitivity-1/sensitivity.svg",
            "runs/sample-sensitivity-2/", "runs/sample-sensitivity-2/sensitivity.json", "runs/sample-sensitivity-2/sensitivity.svg");
    }

    [Fact]
    public void Budgets_are_met_and_networks_that_do_not_fit_refused()
    {
        Energy();

        JsonElement report = Prune("--to-flops", "60%", "--dry-run").ShouldSucceed().Json();
        (report.GetProperty("after").GetProperty("gflops").GetDouble() / report.GetProperty("before").GetProperty("gflops").GetDouble()).Should().BeInRange(0.57, 0.6);
        double.Parse(report.GetProperty("made").GetProperty("criterion.max-drop").GetString()!, CultureInfo.InvariantCulture).Should().BeInRange(0, 0.1);

        Prune("--to-flops", "1%", "--dry-run").ShouldFail(2, "error: The budget (*) cannot be met: with every group at the largest rate that its curve has *");
        Prune("--max-drop", "0.01", "--global-percent", "0.5", "--dry-run").ShouldFail(2, "error: Curves say how much goes of each group, and --global-percent of all together. Leave --global-percent.");
        Prune("--max-drop", "0.01", "--model", "sample-tiny", "--dry-run").ShouldFail(2, "error: *sensitivity.json: its curves are of another network, 'sample' and not 'sample-tiny' as it is here. *");
    }

    [Fact]
    public void Recalibration_measures_what_prune_would_write()
    {
        HostResult result = Sensitivity(["--rates", "0.5", "--groups", "5", "--recalibrate", "8", "--json"], "r").ShouldSucceed();
        JsonElement plain = Sensitivity(["--rates", "0.5", "--groups", "5", "--json"], "p").ShouldSucceed().Json();

        result.Json().GetProperty("recalibrated").GetInt32().Should().Be(8);
        result.Json().GetProperty("groups")[0].GetProperty("points")[0].GetProperty("value").GetDouble().Should().NotBe(plain.GetProperty("groups")[0].GetProperty("points")[0].GetProperty("value").GetDouble());
    }

    [Fact]
    public void Reconstruction_is_measured_and_told_apart_from_recalibration()
    {
        string[] command = ["--rates", "0.5", "--groups", "5", "--json"];
        JsonElement recalibrated = Sensitivity([.. command, "--recalibrate", "8"], "o").ShouldSucceed().Json();
        JsonElement reconstructed = Sensitivity([.. command, "--reconstruct", "8", "--force"], "o").ShouldSucceed().Json();
        JsonElement again = Sensitivity([.. command, "--reconstruct", "8"], "o").ShouldSucceed().Json();
        HostResult table = Sensitivity(["--rates", "0.5", "--groups", "5", "--reconstruct", "8"], "o").ShouldSucceed();

        reconstructed.GetProperty("reconstructed").GetInt32().Should().Be(8);
        reconstructed.GetProperty("recalibrated").GetInt32().Should().Be(0);
        recalibrated.GetProperty("reconstructed").GetInt32().Should().Be(0);
        reconstructed.GetProperty("settings").GetString().Should().NotBe(recalibrated.GetProperty("settings").GetString());
        reconstructed.GetProperty("measured").GetInt32().Should().BePositive("what was measured after recalibration is something else");
        again.GetProperty("measured").GetInt32().Should().Be(0);
        Value(reconstructed).Should().NotBe(Value(recalibrated));
        table.Output.Should().Contain(", reconstructed on 8, ");
        File.ReadAllText(_work["o/sensitivity.svg"]).Should().Contain(" · reconstructed on 8 pictures");
        _work.Run("sensitivity", "--evaluator", "energy", "--reconstruct", "8").ShouldFail(2, "error: --evaluator energy runs nothing and needs no pictures: --reconstruct would do nothing.*");

        static double Value(JsonElement document) => document.GetProperty("groups")[0].GetProperty("points")[0].GetProperty("value").GetDouble();
    }

    [Fact]
    public void Who_goes_by_curves_of_fitted_networks_is_told_to_fit()
    {
        string output = Sensitivity("--rates", "0.5", "--groups", "5", "--reconstruct", "8").ShouldSucceed().Output;
        Sensitivity(["--rates", "0.5", "--groups", "5"], "plain").ShouldSucceed().Output.Should().Contain("the same --model, --rates-from").And.NotContain("construct");

        output.Should().Contain($"host prune with the same --model and pictures, --rates-from {_work["o/sensitivity.json"]} --max-drop 0.01 --reconstruct 8\n");
        const string Warning = "warning: The curves of o/sensitivity.json were measured with --reconstruct 8, and this network is made without: it loses more than they say. Add --reconstruct 8, as they were measured.";
        By("o").Should().Contain(Warning);
        By("o", "--recalibrate", "2", "--data", "synthetic").Should().Contain(Warning);
        By("o", "--reconstruct", "2", "--data", "synthetic").Should().NotContain("measured with");
        By("plain").Should().NotContain("measured with");

        string By(string folder, params string[] options) =>
            _work.Run(["prune", "--rates-from", $"{folder}/sensitivity.json", "--max-drop", "0.5", "--no-measure", "--no-verify", "--dry-run", .. options]).ShouldSucceed().Error;
    }

    [Fact]
    public void Other_pictures_under_the_same_names_are_measured_anew()
    {
        foreach ((string folder, byte grey) in new[] { ("a", (byte)40), ("b", (byte)200) })
        {
            Directory.CreateDirectory(_work[folder]);
            byte[] pixels = [.. "P6 8 8 255\n"u8, .. Enumerable.Range(0, 8 * 8 * 3).Select(i => (byte)(grey + (i % 7)))];
            File.WriteAllBytes(_work[folder + "/1.ppm"], pixels);
        }

        string[] line = ["sensitivity", "--data-format", "yolo", "--evaluator", "fidelity", "--engine", "managed", "--quiet", "--groups", "5", "--rates", "0.5", "--json", "--out", "o", "--data"];
        JsonElement first = _work.Run([.. line, "a"]).ShouldSucceed().Json();
        _work.Run([.. line, "b"]).ShouldFail(2, "error: *sensitivity.json is of another network or of other settings*");
        JsonElement second = _work.Run([.. line, "b", "--force"]).ShouldSucceed().Json();
        JsonElement again = _work.Run([.. line, "a", "--force"]).ShouldSucceed().Json();

        second.GetProperty("known").GetInt32().Should().Be(0);
        again.GetProperty("known").GetInt32().Should().Be(2);
        again.GetProperty("groups").GetRawText().Should().Be(first.GetProperty("groups").GetRawText()).And.NotBe(second.GetProperty("groups").GetRawText());
    }

    [Fact]
    public void The_command_that_is_told_can_be_copied()
    {
        string output = _work.Run("sensitivity", "--evaluator", "energy", "--quiet", "--out", "a table's", "--max-drop", "0.00001").ShouldSucceed().Output;

        output.Should().Contain($"--rates-from '{_work["a table"]}'\\''s/sensitivity.json' --max-drop 1E-05");
        _work.Run("prune", "--rates-from", "a table's/sensitivity.json", "--max-drop", "1E-05", "--no-measure", "--no-verify", "--dry-run").ShouldSucceed();
    }

    [Fact]
    public void Mistakes_are_told_and_nothing_is_left_behind()
    {
        Sensitivity("--rates", "0").ShouldFail(2, "error: --rates takes shares above 0 and up to 1, for instance 0.3,0.5,0.7 or 30%,50% or 0.1..0.9 or 0.5..0.9/0.05, not '0'.");
        Sensitivity("--rates", "0.9..0.1").ShouldFail(2, "error: --rates takes*");
        Sensitivity("--rates", "0.1..0.9/0.0001").ShouldFail(2, "error: --rates takes*");
        Sensitivity("--rates", "0.1/0.05..0.9").ShouldFail(2, "error: --rates takes*");
        Sensitivity("--groups", ",").ShouldFail(2, "error: --groups takes layers, for Darknet their indexes such as 4,12, and ',' names none.");
        Sensitivity("--list-pictures").ShouldFail(2, "error: 'host sensitivity' has no option '--list-pictures'. It belongs to --evaluator classification.");
        Sensitivity("--max-drop", "-1").ShouldFail(2, "error: --max-drop takes a number of at least 0*");
        Sensitivity("--pictures", "many").ShouldFail(2, "error: --pictures takes a whole number of at least 0, not 'many'.");
        Sensitivity("--groups", "99").ShouldFail(2, "error: No layer '99' has channels that could go.*");
        Sensitivity("--metric", "map").ShouldFail(2, "error: There is no metric 'map' here; there are 'mAP@0.5', *");
        Sensitivity("--evaluator", "fast").ShouldFail(2, "error: *'fast'*");
        Sensitivity("--criterion", "none").ShouldFail(2, "error: *'none'*");
        _work.Run("sensitivity", "--evaluator", "energy", "--pictures", "3").ShouldFail(2, "error: --evaluator energy runs nothing and needs no pictures: --pictures would do nothing. Leave one of them.");
        _work.Run("sensitivity", "--evaluator", "energy", "--criterion", "dual").ShouldFail(2, "error: --evaluator energy goes by scores that say how much a channel matters, and this criterion gives none.*");
        _work.Entries.Should().BeEmpty();

        Energy();
        byte[] before = File.ReadAllBytes(_work["o/sensitivity.json"]);
        Energy("--criterion", "normal").ShouldFail(2, "error: *sensitivity.json is of another network or of other settings and is not overwritten. Choose another --out, or pass --force.");
        File.ReadAllBytes(_work["o/sensitivity.json"]).Should().Equal(before);
        Energy("--criterion", "normal", "--force").ShouldSucceed();
        Prune().ShouldFail(2, "error: --rates-from tells what each group can lose; say how much it may: --max-drop 0.01 for each, or a budget for all such as --to-flops 50%.");
        Prune("--max-drop", "0.01", "--criterion", "none").ShouldFail(2, "error: --rates-from says how many channels of a group go, and a criterion must say which: leave --criterion none.");
        Prune("--max-drop", "0.01", "--scope", "scripts").ShouldFail(2, "error: --rates-from is about all layers*");
        Prune("--to-flops", "50%", "--round", "1/2").ShouldFail(2, "error: --rates-from is about the network before its first round*");
        Prune("--max-drop", "0.01", "--to-flops", "50%").ShouldFail(2, "error: --max-drop takes as much as can go*");
        _work.Run("prune", "--rates-from", "gone.json", "--max-drop", "0.01").ShouldFail(2, "error: --rates-from names *gone.json, which does not exist.");
        _work.Write("o/sensitivity.json", "{}");
        Prune("--max-drop", "0.01").ShouldFail(2, "error: *sensitivity.json: there is no 'sensitivityVersion' in it. A file is wanted that 'host sensitivity' wrote.");
    }

    [SharedDataFact]
    public void A_classifier_is_measured_by_what_it_gets_right()
    {
        JsonElement table = _work.Run(
            "sensitivity", "--model", SharedData.PathOf("data/resnet-cifar10/resnet20-12fca82f.th"), "--data", SharedData.PathOf("data/cifar10/cifar10-subset-5000train-2000test.zip"),
            "--pictures", "100", "--rates", "0.3", "--groups", "layer1.0.conv1,layer3.2.conv1", "--out", "o", "--json", "--quiet", "--engine", "managed").ShouldSucceed().Json();

        table.GetProperty("metric").GetProperty("evaluator").GetString().Should().Be("classification");
        table.GetProperty("metric").GetProperty("value").GetDouble().Should().BeGreaterThan(0.7);
        table.GetProperty("pictures").GetInt32().Should().Be(100);
        table.GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("channels").GetInt32()).Should().Equal(16, 64);
    }

    private static int CountOf(string kept) => kept.Split(' ').Sum(static part => part.Split('-') is [var first, var last]
        ? int.Parse(last, CultureInfo.InvariantCulture) - int.Parse(first, CultureInfo.InvariantCulture) + 1
        : 1);

    private static string[] Line(string[] args, string folder) => ["sensitivity", "--data", "synthetic", "--count", "12", "--engine", "managed", "--quiet", "--out", folder, .. args];

    private HostResult Sensitivity(params string[] args) => Sensitivity(args, "o");

    private HostResult Sensitivity(string[] args, string folder) => _work.Run(Line(args, folder));

    private HostResult Energy(params string[] args) => _work.Run(["sensitivity", "--evaluator", "energy", "--quiet", "--out", "o", .. args]);

    private HostResult Prune(params string[] args) => _work.Run(["prune", "--rates-from", "o/sensitivity.json", "--no-measure", "--json", "--quiet", "--no-verify", .. args]);

    private JsonElement Json(string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_work[name]));
        return json.RootElement.Clone();
    }
}
