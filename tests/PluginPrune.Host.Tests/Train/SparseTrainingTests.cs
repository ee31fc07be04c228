using System.Text.Json;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>What `host train --sparsity` tells before, during and after.</summary>
public sealed class SparseTrainingTests : IDisposable
{
    private static readonly string[] Data = ["--data", "synthetic", "--count", "24", "--set", "synthetic.size=64", "--batch", "8", "--nominal-batch", "8", "--threads", "1"];

    private readonly Workplace _work = new();

    public SparseTrainingTests()
    {
        _work.Write("tiny.cfg", TinyDetector.Cfg);
        if (LibtorchFactAttribute.IsThere)
        {
            _work.Run(["train", "--model", "tiny.cfg", "--from-scratch", "--epochs", "3", "--lr", "0.02", "--out", "base", .. Data]).ShouldSucceed();
        }
    }

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void A_forecast_comes_first_and_names_a_strength_that_does_what_it_says()
    {
        HostResult weak = Train("weak", "1e-6");
        weak.Error.Should().Contain("note: Forecast: with strength 1E-06, 0 % of the scales").And.Contain("warning: A strength of 1E-06 is too weak");
        double recommended = weak.Json().GetProperty("forecast").GetProperty("recommendedStrength").GetDouble();

        JsonElement right = Train("right", recommended.ToString("R", System.Globalization.CultureInfo.InvariantCulture)).Json();

        right.GetProperty("forecast").GetProperty("collapseEpoch").GetDouble().Should().BeInRange(3, 9, "it is to be done after 70 % of the epochs");
        right.GetProperty("sparsity").GetProperty("below0.01").GetDouble().Should().BeGreaterThan(0.3);
        weak.Json().GetProperty("sparsity").GetProperty("below0.01").GetDouble().Should().Be(0);
    }

    [LibtorchFact]
    public void Every_epoch_tells_how_far_it_is_and_the_command_at_the_end_prunes_without_loss()
    {
        HostResult trained = Train("sparse", "0.2");

        trained.Error.Should().MatchRegex("epoch 12/12: .* of the scales below 0.01, (not ready to prune|ready to prune at [0-9.]+ %)");
        JsonElement sparsity = trained.Json().GetProperty("sparsity");
        sparsity.GetProperty("layers").GetArrayLength().Should().Be(5);
        string[] rows = File.ReadAllLines(_work["sparse/results.csv"]);
        rows[0].Should().Contain("scales below 0.01,scales below 0.001,scales prunable");
        File.ReadAllLines(_work["sparse/scales.csv"]).Should().HaveCount(1 + (12 * 5));
        JsonDocument.Parse(File.ReadAllText(_work["sparse/report.json"])).RootElement.GetProperty("sparsity").GetRawText().Should().Be(sparsity.GetRawText());

        string command = sparsity.GetProperty("command").GetString()!;
        command.Should().StartWith("host prune --criterion slim --global-percent 0.").And.EndWith(" --model sparse/last.cfg");
        HostResult pruned = _work.Run([.. command.Split(' ')[1..], "--out", "small", "--no-measure", "--json"]).ShouldSucceed();
        pruned.Json().GetProperty("scoreEnergyRemoved").GetDouble().Should().BeLessThan(0.01);
    }

    [LibtorchFact]
    public void Layers_that_prune_is_to_keep_are_not_pulled_and_the_command_at_the_end_keeps_them()
    {
        JsonElement all = Train("all", "0.2").Json().GetProperty("sparsity");
        string kept = all.GetProperty("layers")[1].GetProperty("layer").GetString()!;

        JsonElement sparsity = Train("sparse", "0.2", "--keep", kept.Split('.')[0]).Json().GetProperty("sparsity");

        sparsity.GetProperty("layers").EnumerateArray().Select(static layer => layer.GetProperty("layer").GetString()).Should().NotContain(kept).And.HaveCount(3, "of five, one is tied to it");
        sparsity.GetProperty("command").GetString().Should().EndWith($" --model sparse/last.cfg --keep {kept.Split('.')[0]}");
        _work.Run(["train", "--model", "base/last.cfg", "--sparsity", "0.2", "--keep", "77", .. Data]).ShouldFail(2, "error: *has no layer '77' that could keep its channels*");
        _work.Run(["train", "--model", "base/last.cfg", "--sparsity", "0.2", "--keep", "*", .. Data]).ShouldFail(2, "error: Nothing in *neither frozen nor kept has a batch norm.");
    }

    [LibtorchFact]
    public void The_spellings_of_the_scripts_are_understood()
    {
        Sparse("--sr").Should().Contain("strength 0.001");
        Sparse("--s", "0.05").Should().Contain("strength 0.05");
        Sparse("--sr", "--s", "0.05").Should().Contain("strength 0.05");

        string Sparse(params string[] args) => _work.Run(["train", "--model", "base/last.cfg", "--epochs", "1", .. args, .. Data]).ShouldSucceed().Error;
    }

    [LibtorchFact]
    public void Numbers_that_are_no_longer_finite_end_it_with_the_pictures_and_the_last_good_checkpoint()
    {
        string[] wild = ["--lr", "1e30", "--warm-up", "0", "--clip", "0", "--model", "base/last.cfg"];
        _work.Run(["train", "--epochs", "2", .. wild, .. Data]).ShouldFail(1, "error: The * in epoch 1, on the pictures *. No epoch was complete: begin again with a smaller --lr*");
        _work.Entries.Should().NotContain(static entry => entry.StartsWith("runs", StringComparison.Ordinal), "a training that fails before its first epoch leaves nothing");
    }

    private HostResult Train(string folder, string strength, params string[] more) => _work.Run(
        ["train", "--model", "base/last.cfg", "--epochs", "12", "--lr", "0.02", "--scheduler", "proximal", "--sparsity", strength, "--ratio", "0.5", "--out", folder, "--json", .. Data, .. more]).ShouldSucceed();
}
