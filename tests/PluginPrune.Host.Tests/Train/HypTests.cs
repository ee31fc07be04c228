using System.Text.Json;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>`host train --hyp`: files of YOLOv5's hyperparameters.</summary>
public sealed class HypTests : IDisposable
{
    private static readonly string[] Data = ["--data", "synthetic", "--count", "24", "--set", "synthetic.size=64", "--threads", "1"];

    private readonly Workplace _work = new();

    public HypTests()
    {
        _work.Write("tiny.cfg", TinyDetector.Cfg);
        _work.Write("tiny.yaml", TinyYolov5.Yaml);
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("lr0: 0.01\n\nlr_final: 0.1\n", "error: *hyp.yaml, line 3: there is no hyperparameter 'lr_final'. *")]
    [InlineData("lr0: 0.01\nhsvh: 0.1\n", "error: *hyp.yaml, line 2: there is no hyperparameter 'hsvh'. Did you mean hsv_h*")]
    [InlineData("lr0: -1\n", "error: *hyp.yaml, line 1: lr0 takes a number above 0, not '-1'.")]
    [InlineData("# a\nmomentum: 1\n", "error: *hyp.yaml, line 2: momentum takes a number from 0 to below 1, not '1'.")]
    [InlineData("momentum: much\n", "error: *hyp.yaml, line 1: 'momentum' takes a number, not 'much'.")]
    [InlineData("mosaic: 2\n", "error: *hyp.yaml, line 1: mosaic takes a number from 0 to 1, not '2'.")]
    [InlineData("anchor_t: 0.5\n", "error: *hyp.yaml, line 1: anchor_t takes a number of at least 1, not '0.5'.")]
    [InlineData("box: 0.05\nbox: 0.1\n", "error: *hyp.yaml, line 2: 'box' stands in line 1 already. Leave one.")]
    [InlineData("box: 0.05\nperspective: 0.001\n", "error: *hyp.yaml, line 2: perspective 0.001 cannot be had: *")]
    [InlineData("copy_paste: 2\n", "error: *hyp.yaml, line 1: copy_paste takes a number from 0 to 1, not '2'.")]
    [InlineData("box: {gain: 1}\n", "error: *hyp.yaml, line 1: 'box' takes a number.")]
    [InlineData("- 1\n- 2\n", "error: *hyp.yaml, line 1: it has no names with numbers*")]
    [InlineData("", "error: *hyp.yaml, line 1: it has no names with numbers*")]
    [InlineData("a: [1, 2\n", "error: *hyp.yaml*")]
    public void What_is_wrong_with_a_file_is_told_with_its_line(string text, string message)
    {
        _work.Write("hyp.yaml", text);

        _work.Run(["train", "--model", "tiny.cfg", "--from-scratch", "--hyp", "hyp.yaml", "--out", "run", .. Data]).ShouldFail(2, message);
        _work.Entries.Should().NotContain("run/");
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_of() =>
        _work.Run(["train", "--model", "tiny.cfg", "--from-scratch", "--hyp", "none.yaml", .. Data]).ShouldFail(2, "error: *none.yaml: it cannot be read*");

    [Fact]
    public void Another_number_of_anchors_than_the_network_has_is_refused()
    {
        _work.Write("hyp.yaml", "box: 0.05\nanchors: 4.6\n");

        _work.Run(["train", "--model", "tiny.yaml", "--size", "64", "--from-scratch", "--hyp", "hyp.yaml", "--out", "run", .. Data])
            .ShouldFail(2, "error: *hyp.yaml, line 2: 'anchors' asks for 4.6 anchors a level; the network has 3, *");
    }

    [LibtorchFact]
    public void A_training_obeys_its_file_and_the_command_line_before_it()
    {
        _work.Write("hyp.yaml", TinyYolov5.Hyp.Replace("copy_paste: 0.0", "copy_paste: 0.1", StringComparison.Ordinal).Replace("box: 0.04", "box: 0", StringComparison.Ordinal));

        HostResult first = Train("file");
        JsonElement last = Results(first)[^1];
        JsonElement other = Results(Train("line", "--lr", "0.008", "--set", "yolov5.box-gain=0.05"))[^1];

        first.Error.Should().MatchRegex("hyp\\.yaml, line 30: copy_paste 0\\.1 .* nothing is pasted");
        Number(last, "learning rate").Should().BeApproximately(0.004 * 0.25, 1e-9);
        Number(last, "loss box").Should().Be(0);
        Number(other, "learning rate").Should().BeApproximately(0.008 * 0.25, 1e-9);
        Number(other, "loss box").Should().BePositive();
    }

    [LibtorchFact]
    public void Another_file_is_another_training_and_the_same_values_are_the_same()
    {
        _work.Write("hyp.yaml", TinyYolov5.Hyp);
        Train("run").ShouldSucceed();

        _work.Write("hyp.yaml", $"# The same.\n{TinyYolov5.Hyp}");
        Train("run", "--resume").ShouldSucceed().Error.Should().Contain("complete");
        _work.Write("hyp.yaml", TinyYolov5.Hyp.Replace("obj: 0.9", "obj: 0.8", StringComparison.Ordinal).Replace("degrees: 0.0", "degrees: 1.0", StringComparison.Ordinal));
        Train("run", "--resume").ShouldFail(2, "error: *was begun otherwise: augment *yolov5.objectness-gain 0.9, now 0.8.*");
    }

    [LibtorchFact]
    public void Steps_grow_in_its_warm_up_which_goes_on_in_the_midst_of_it()
    {
        _work.Write("hyp.yaml", TinyYolov5.Hyp);

        JsonElement growing = Results(Grow("grow"))[^1];
        JsonElement even = Results(Grow("even", "--growing-steps", "false"))[^1];
        string last = _work.Hashes("grow")["last.pt"];
        Grow("grow", "--resume", "epoch-001").ShouldSucceed();

        Number(growing, "gradient norm").Should().NotBe(Number(even, "gradient norm"));
        _work.Hashes("grow")["last.pt"].Should().Be(last);
        Grow("grow", "--resume", "--growing-steps", "false").ShouldFail(2, "error: *was begun otherwise: growing-steps true, now false.*");
        Grow("both", "--growing-steps", "--sparsity", "0.01").ShouldFail(2, "error: --growing-steps cannot be had with --sparsity: *");
        Grow("sparse", "--sparsity", "0.01").ShouldSucceed();
    }

    [LibtorchFact]
    public void Where_heads_have_another_loss_its_part_of_the_file_counts_for_nothing()
    {
        _work.Write("hyp.yaml", TinyYolov5.Hyp);

        _work.Run(["train", "--model", "tiny.cfg", "--from-scratch", "--hyp", "hyp.yaml", "--epochs", "1", "--batch", "8", "--out", "run", .. Data]).ShouldSucceed()
            .Error.Should().MatchRegex("hyp\\.yaml: box, cls, cls_pw, obj, obj_pw, anchor_t, fl_gamma are of another loss .*yolo");
    }

    private HostResult Grow(string folder, params string[] more) => _work.Run(
        ["train", "--model", "tiny.yaml", "--size", "64", "--from-scratch", "--hyp", "hyp.yaml", "--epochs", "2", "--batch", "4", "--nominal-batch", "16", "--keep-every", "1", "--json", "--out", folder, .. Data, .. more]);

    private HostResult Train(string folder, params string[] more) => _work.Run(
        ["train", "--model", "tiny.yaml", "--size", "64", "--from-scratch", "--hyp", "hyp.yaml", "--warm-up-batches", "0", "--epochs", "2", "--batch", "8", "--nominal-batch", "8", "--json", "--out", folder, .. Data, .. more]);

    private static JsonElement[] Results(HostResult result) => [.. result.ShouldSucceed().Json().GetProperty("results").EnumerateArray()];

    private static double Number(JsonElement epoch, string name) => epoch.GetProperty(name).GetDouble();
}
