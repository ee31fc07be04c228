using System.Diagnostics;
using System.Text.Json;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>`host train --teacher`: a network learns from another one.</summary>
public sealed class DistilTests : IDisposable
{
    private static readonly string[] Data = ["--data", "synthetic", "--count", "24", "--set", "synthetic.size=64"];

    private readonly Workplace _work = new();

    public DistilTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void Without_labels_a_network_comes_ever_nearer_to_its_teacher()
    {
        Train("teacher", "--epochs", "6").ShouldSucceed();
        _work.Write("narrow.cfg", TinyDetector.Cfg.Replace("filters=24", "filters=12", StringComparison.Ordinal));

        HostResult run = _work.Run(
            [
                "train", "--model", "narrow.cfg", "--from-scratch", "--teacher", "teacher", "--distil", "labels=0,temperature=2", "--out", "student",
                "--epochs", "10", "--batch", "8", "--nominal-batch", "8", "--lr", "0.02", "--threads", "1", "--json", .. Data,
            ]).ShouldSucceed();

        run.Error.Should().Contain("note: Learning from 'last' (teacher): head 7.yolo from 7.yolo; inner layer 5.act from 5.act.");
        JsonElement report = run.Json();
        JsonElement[] results = [.. report.GetProperty("results").EnumerateArray()];
        results[0].EnumerateObject().Select(static value => value.Name).Where(static name => name.StartsWith("loss ", StringComparison.Ordinal))
            .Should().Equal("loss teacher box", "loss teacher objectness", "loss teacher class", "loss teacher features");
        results[^1].GetProperty("loss").GetDouble().Should().BeLessThan(0.7 * results[0].GetProperty("loss").GetDouble());
        File.ReadLines(_work["student/results.csv"]).First().Should().Contain("loss teacher features");
    }

    [LibtorchFact]
    public void A_training_that_was_killed_goes_on_and_ends_bit_by_bit_as_it_would_have_with_the_same_teacher_alone()
    {
        Train("teacher", "--epochs", "1").ShouldSucceed();
        Train("other", "--epochs", "1", "--seed", "1").ShouldSucceed();
        Train("whole", Taught).ShouldSucceed();
        using (Process process = _work.Start(Arguments("killed", Taught)))
        {
            SpinWait.SpinUntil(() => process.HasExited || File.Exists(_work["killed/results.csv"]), TimeSpan.FromSeconds(50));
            process.Kill();
            process.WaitForExit();
        }

        Train("killed", [.. Taught.Select(static word => word.Replace("teacher/", "other/", StringComparison.Ordinal)), "--resume"])
            .ShouldFail(2, "error: The training in *killed was begun otherwise: teacher sha256:*, now sha256:*. Ask for the same to go on with it*");
        Train("killed", "--epochs", "5", "--resume").ShouldFail(2, "error: *was begun otherwise: *teacher sha256:*, now not given*");
        File.Copy(_work["teacher/last.weights"], _work["elsewhere.weights"]);
        Train("killed", [.. Taught.Select(static word => word.Replace("teacher/last.cfg", "tiny.cfg,elsewhere.weights", StringComparison.Ordinal)), "--resume"]).ShouldSucceed();

        File.ReadAllBytes(_work["killed/last.weights"]).Should().Equal(File.ReadAllBytes(_work["whole/last.weights"]));
        File.ReadAllBytes(_work["killed/best.weights"]).Should().Equal(File.ReadAllBytes(_work["whole/best.weights"]));
    }

    [LibtorchFact]
    public void The_teacher_may_run_in_another_engine()
    {
        Train("teacher", "--epochs", "1").ShouldSucceed();
        Train("torch", Taught).ShouldSucceed();
        Train("managed", [.. Taught, "--teacher-engine", "managed"]).ShouldSucceed();

        LastLoss("managed").Should().BeApproximately(LastLoss("torch"), 1e-2 * LastLoss("torch"));
    }

    [Theory]
    [InlineData("error: --distil-features says how a teacher is learned from, and there is none. Name one with --teacher FILE.*", "--distil-features", "2")]
    [InlineData("error: --teacher names *none.cfg, which does not exist.*", "--teacher", "none.cfg")]
    [InlineData("error: --teacher names *empty, a folder without a network, or with several. Name a file: *", "--teacher", "empty")]
    [InlineData("error: The teacher has no weights: *tiny.weights is not there. Name others behind a comma: --teacher tiny.cfg,FILE.*", "--teacher", "tiny.cfg")]
    [InlineData("error: --distil takes NAME=X, parted by commas, for instance *; 'boxes' is none*", "--teacher", "sample", "--distil", "boxes")]
    [InlineData("error: --distil: Distillation has no setting 'box'; there is labels, logits, boxes, features, temperature.*", "--teacher", "sample", "--distil", "box=2")]
    [InlineData("error: --distil temperature takes a number from 0.01 to 100, not '0'.*", "--teacher", "sample", "--distil", "temperature=0")]
    [InlineData("error: --augment mosaic takes a number from 0 to 1, not '7'.*", "--augment", "yolov5,mosaic=7")]
    [InlineData("error: --set yolo.box takes *, not 'egg'.*", "--set", "yolo.box=egg")]
    [InlineData("error: --distil-features names inner layers that learn, and --distil features=0 says that none does. Leave one.*", "--teacher", "sample", "--distil", "features=0", "--distil-features", "2")]
    [InlineData("error: *'nix'*torch*", "--teacher", "sample", "--teacher-engine", "nix")]
    [InlineData("error: --distil-features takes auto, or layers such as 12 or 12=20 *", "--teacher", "sample", "--distil-features", "2=3=4")]
    public void What_cannot_be_done_is_told(string pattern, params string[] args)
    {
        Directory.CreateDirectory(_work["empty"]);

        _work.Run([.. Arguments("run", "--epochs", "1"), .. args]).ShouldFail(2, pattern);

        Directory.Exists(_work["run"]).Should().BeFalse("nothing was learned");
    }

    [LibtorchFact]
    public void A_teacher_whose_heads_are_others_is_told() =>
        _work.Run([.. Arguments("run", "--epochs", "1"), "--teacher", "sample"])
            .ShouldFail(2, "error: Head '7.yolo' (layer 7 [yolo], line 57) has 2 anchors; Head '34.yolo' * of the teacher, from which it would learn, has 3. *");

    private static string[] Taught => ["--epochs", "5", "--teacher", "teacher/last.cfg", "--distil-features", "2,4=1"];

    private double LastLoss(string folder) => double.Parse(File.ReadLines(_work[$"{folder}/results.csv"]).Last().Split(',')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Arguments(string folder, params string[] args) =>
        ["train", "--model", "tiny.cfg", "--from-scratch", "--out", folder, "--batch", "8", "--nominal-batch", "8", "--lr", "0.02", "--threads", "1", .. Data, .. args];

    private HostResult Train(string folder, params string[] args) => _work.Run(Arguments(folder, args));
}
