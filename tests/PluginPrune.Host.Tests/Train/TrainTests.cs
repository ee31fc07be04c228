using System.Diagnostics;
using System.Text.Json;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>`host train` as a user runs it, with libtorch.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] Data = ["--data", "synthetic", "--count", "24", "--set", "synthetic.size=64"];

    private readonly Workplace _work = new();

    public TrainTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void The_loss_falls_and_what_is_written_can_be_measured_and_trained_further()
    {
        JsonElement report = Train("first", "--epochs", "12", "--json").ShouldSucceed().Json();

        JsonElement[] results = [.. report.GetProperty("results").EnumerateArray()];
        results.Should().HaveCount(12);
        Loss(results[^1]).Should().BeLessThan(0.7 * Loss(results[0]));
        _work.Entries.Should().Contain(["first/last.cfg", "first/last.weights", "first/best.cfg", "first/best.weights", "first/last.checkpoint", "first/results.csv"]);
        File.ReadLines(_work["first/results.csv"]).Should().HaveCount(13).And.Subject.First().Should().StartWith("epoch,loss,");
        Directory.GetFiles(_work["first/logs"]).Should().ContainSingle();

        double measured = _work.Run(["eval", "--model", "first/last.cfg", "--json", .. Data]).ShouldSucceed().Json()
            .GetProperty("networks")[0].GetProperty("detection").GetProperty("metrics")[0].GetProperty("value").GetDouble();
        measured.Should().BeApproximately(results[^1].GetProperty("mAP@0.5").GetDouble(), 1e-3, "what was measured while it was trained is what the files are worth");

        JsonElement further = _work.Run(["train", "--model", "first/last.cfg", "--out", "second", "--epochs", "1", "--batch", "8", "--nominal-batch", "8", "--lr", "0.0001", "--json", .. Data])
            .ShouldSucceed().Json();
        Loss(further.GetProperty("results")[0]).Should().BeLessThan(Loss(results[0]));
    }

    [LibtorchFact]
    public void A_training_that_was_killed_goes_on_and_ends_bit_by_bit_as_it_would_have()
    {
        Train("whole", "--epochs", "6").ShouldSucceed();
        int kills = 0;
        for (int wait = 0; wait < 3; wait++)
        {
            using Process process = _work.Start([.. Arguments("killed", "--epochs", "6"), .. kills > 0 ? ["--resume"] : Array.Empty<string>()]);
            int epochs = wait + 1;
            SpinWait.SpinUntil(() => process.HasExited || Rows("killed") > epochs, TimeSpan.FromSeconds(50));
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
                kills++;
            }
        }

        kills.Should().BePositive("otherwise nothing was tried");

        Train("killed", "--epochs", "6", "--resume").ShouldSucceed();

        Rows("killed").Should().Be(7);
        File.ReadAllBytes(_work["killed/last.weights"]).Should().Equal(File.ReadAllBytes(_work["whole/last.weights"]));
        File.ReadAllBytes(_work["killed/best.weights"]).Should().Equal(File.ReadAllBytes(_work["whole/best.weights"]));
    }

    [LibtorchFact]
    public void A_training_is_not_replaced_nor_gone_on_with_otherwise()
    {
        Train("run", "--epochs", "1").ShouldSucceed();
        Dictionary<string, string> before = _work.Hashes("run");

        Train("run", "--epochs", "1").ShouldFail(2, "error: *holds a training. Go on with it (--resume), replace it (--force), or choose another --out.*");
        Train("run", "--epochs", "2", "--resume").ShouldFail(2, "error: The training in * was begun otherwise: epochs 1, now 2. *");
        Train("run", "--epochs", "1", "--resume").ShouldSucceed().Error.Should().Contain("complete");
        Train("other", "--epochs", "1", "--resume").ShouldFail(2, "error: *holds no training to go on with*");

        _work.Hashes("run").Should().Equal(before);
    }

    [LibtorchFact]
    public void A_training_that_replaces_another_keeps_nothing_of_it_and_never_speaks_of_it_as_its_own()
    {
        Train("run", "--epochs", "2", "--keep-every", "1").ShouldSucceed();
        _work.Entries.Should().Contain(["run/best.checkpoint", "run/epoch-001.checkpoint", "run/epoch-002.weights"]);

        At("1e30", "run", "--epochs", "2", "--warm-up", "0", "--clip", "0", "--force")
            .ShouldFail(1, "error: * No epoch was complete: begin again with a smaller --lr, a longer --warm-up or a --clip such as 10,*");
        Train("run", "--epochs", "2", "--keep-every", "1", "--resume").ShouldFail(2, "error: *there is no such checkpoint. The training can go on from best, epoch-001, epoch-002*");

        Train("run", "--epochs", "1", "--evaluate-every", "5", "--force").ShouldSucceed();
        _work.Entries.Where(static entry => entry.StartsWith("run/", StringComparison.Ordinal) && !entry.StartsWith("run/logs/events", StringComparison.Ordinal))
            .Should().BeEquivalentTo("run/", "run/logs/", "run/last.cfg", "run/last.weights", "run/last.checkpoint", "run/best.cfg", "run/best.weights", "run/best.checkpoint", "run/results.csv", "run/report.json");
        Directory.GetFiles(_work["run/logs"]).Should().ContainSingle("TensorBoard would show both trainings as one");
    }

    [LibtorchFact]
    public void A_training_goes_on_from_any_checkpoint_that_it_kept_and_ends_as_it_did()
    {
        Train("run", "--epochs", "3", "--keep-every", "1").ShouldSucceed();
        byte[] ended = File.ReadAllBytes(_work["run/last.weights"]);
        byte[] checkpoint = File.ReadAllBytes(_work["run/last.checkpoint"]);
        checkpoint[^1] ^= 1;
        File.WriteAllBytes(_work["run/last.checkpoint"], checkpoint);

        Train("run", "--epochs", "3", "--resume").ShouldFail(2, "error: *last.checkpoint: *damaged*can go on from best, epoch-001, epoch-002, epoch-003: --resume best.*");
        Train("run", "--epochs", "3", "--resume", "epoch-009").ShouldFail(2, "error: --resume epoch-009 names no checkpoint*--resume best.*");
        Train("run", "--epochs", "3", "--resume", "epoch-001").ShouldSucceed().Error.Should().Contain("epoch 2/3");

        File.ReadAllBytes(_work["run/last.weights"]).Should().Equal(ended);
        Rows("run").Should().Be(4);
    }

    [LibtorchFact]
    public void What_is_asked_for_at_its_default_is_no_other_than_what_is_not_asked_for()
    {
        Train("run", "--epochs", "1").ShouldSucceed();

        Train("run", "--epochs", "1", "--momentum", "0.9370", "--evaluate-every", "1", "--optimizer", "sgd", "--resume").ShouldSucceed().Error.Should().Contain("complete: it has had its 1 epoch.");
        Train("run", "--epochs", "1", "--momentum", "0.9", "--resume").ShouldFail(2, "error: *momentum 0.937, now 0.9.*");
    }

    [LibtorchFact]
    public void A_training_that_ended_early_says_so_when_it_is_to_go_on()
    {
        string[] early = ["--epochs", "9", "--patience", "1"];
        At("0.000001", "run", early).ShouldSucceed();
        Rows("run").Should().BeLessThan(10);

        At("0.000001", "run", [.. early, "--resume"]).ShouldSucceed().Error.Should().Contain("complete: it ended after epoch").And.Contain("(--patience 1)");
    }

    [LibtorchFact]
    public void Several_sizes_are_steps_of_the_networks_own_stride_and_tried_before_the_first_step()
    {
        _work.Write("deep.cfg", TinyDetector.Deep);
        _work.Run(["train", "--model", "deep.cfg", "--from-scratch", "--out", "deep", "--epochs", "4", "--batch", "2", "--nominal-batch", "2", "--evaluate-every", "4", "--multi-scale", "--threads", "1", .. Data])
            .ShouldSucceed();

        Train("one", "--epochs", "1", "--multi-scale").ShouldSucceed().Error.Should().Contain("--multi-scale varies nothing: all pictures of 3 steps");
    }

    [LibtorchFact]
    public void Of_auto_the_first_engine_that_trains_is_taken() =>
        Train("auto", "--epochs", "1", "--engine", "auto").ShouldSucceed().Error.Should().Contain("Using torch.");

    [LibtorchFact]
    public void Sparse_training_pulls_scales_towards_0()
    {
        Train("plain", "--epochs", "4", "--ema", "0").ShouldSucceed();
        Train("sparse", "--epochs", "4", "--ema", "0", "--sparsity", "1").ShouldSucceed();

        MeanGamma("sparse").Should().BeLessThan(0.7 * MeanGamma("plain"));
    }

    [Fact]
    public void Pictures_can_be_looked_at_before_anything_is_learned()
    {
        _work.Run(["train", "--model", "tiny.cfg", "--from-scratch", "--preview", "5", "--out", "look", .. Data]).ShouldSucceed().Output.Should().Contain("5 pictures");

        _work.Entries.Where(static entry => entry.StartsWith("look/", StringComparison.Ordinal)).Should().HaveCount(6);
        byte[] picture = File.ReadAllBytes(_work["look/sample-001.png"]);
        picture[..4].Should().Equal(0x89, (byte)'P', (byte)'N', (byte)'G');
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)).Should().Be(256, "64 pixels are too few to see a box on");
    }

    [Theory]
    [InlineData("error: There is nothing to learn from. Name labelled pictures with --data*", "--from-scratch")]
    [InlineData("error: There are no weights to begin with: *tiny.weights is not there.*--from-scratch*", "--data", "synthetic")]
    [InlineData("error: The engine managed does not train; torch does.*", "--from-scratch", "--data", "synthetic", "--engine", "managed")]
    [InlineData("error: --augment takes a preset and then NAME=X*", "--from-scratch", "--data", "synthetic", "--augment", "yolov5,mosaic")]
    [InlineData("error: *There is no augmentation 'yolov9'*", "--from-scratch", "--data", "synthetic", "--augment", "yolov9")]
    [InlineData("error: --lr takes a number above 0, not '0'.", "--from-scratch", "--data", "synthetic", "--lr", "0")]
    [InlineData("error: --freeze 99 leaves nothing to train*", "--from-scratch", "--data", "synthetic", "--freeze", "99", "--count", "2")]
    [InlineData("error: --half asks for half precision, which runs on CUDA alone: add --device cuda.*", "--from-scratch", "--data", "synthetic", "--half", "--count", "2")]
    [InlineData("error: *it has no part 'quality'; it has train, val, test. Name others with --val-split NAME.*", "--from-scratch", "--data", "synthetic", "--val-split", "quality", "--count", "2")]
    [InlineData("error: --scheduler says how scales are pulled, and nothing pulls them.*", "--from-scratch", "--data", "synthetic", "--scheduler", "proximal", "--count", "2")]
    public void What_cannot_be_done_is_told(string pattern, params string[] args) =>
        _work.Run(["train", "--model", "tiny.cfg", "--out", "none", .. args]).ShouldFail(2, pattern);

    private static double Loss(JsonElement result) => result.GetProperty("loss").GetDouble();

    private int Rows(string folder) => File.Exists(_work[$"{folder}/results.csv"]) ? File.ReadLines(_work[$"{folder}/results.csv"]).Count() : 0;

    private double MeanGamma(string folder)
    {
        JsonElement report = _work.Run("inspect", "--model", $"{folder}/last.cfg", "--json").ShouldSucceed().Json();
        return report.GetProperty("layers").EnumerateArray()
            .Where(static layer => layer.TryGetProperty("gammas", out JsonElement gammas) && gammas.ValueKind == JsonValueKind.Object)
            .Average(static layer => layer.GetProperty("gammas").GetProperty("mean").GetDouble());
    }

    private static string[] Arguments(string folder, params string[] args) => ArgumentsAt("0.02", folder, args);

    private static string[] ArgumentsAt(string rate, string folder, params string[] args) =>
        ["train", "--model", "tiny.cfg", "--from-scratch", "--out", folder, "--batch", "8", "--nominal-batch", "8", "--lr", rate, "--threads", "1", .. Data, .. args];

    private HostResult At(string rate, string folder, params string[] args) => _work.Run(ArgumentsAt(rate, folder, args));

    private HostResult Train(string folder, params string[] args) => _work.Run(Arguments(folder, args));
}
