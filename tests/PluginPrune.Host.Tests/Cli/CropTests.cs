using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

public sealed class CropTests : IDisposable
{
    private readonly Workplace _work = new();

    public CropTests() => _work.Write("my.names", "disc\nring\ntriangle\nstar\ncross\n");

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_level_and_classes_go_without_a_criterion()
    {
        HostResult result = Prune("--drop-level", "p4", "--classes", "disc,3", "--names", "my.names", "--out", "o").ShouldSucceed();

        result.Output.Should().StartWith("sample, without level p4, classes disc,3 alone\n")
            .And.MatchRegex(@"\nLevel dropped: P4, with layer \d+.*\nClasses kept: 2 of 5 \(disc, star\)\n").And.Contain("of the largest output");
        File.ReadAllText(_work["o/sample.names"]).Should().Be("disc\nstar\n");
        JsonElement report = Json("o/report.json");
        report.GetProperty("crop").GetProperty("droppedLevels")[0].GetString().Should().Be("P4");
        report.GetProperty("verification").GetProperty("croppedAgainstWhole").GetProperty("largest").GetDouble().Should().BeLessThan(1e-5);
        report.GetProperty("after").GetProperty("parameters").GetInt64().Should().BeLessThan(report.GetProperty("before").GetProperty("parameters").GetInt64());
        _work.Run("inspect", "--model", "o/sample.cfg", "--plan", "o/plan.json").ShouldFail(2, "error: *has no level P4*");
    }

    [Fact]
    public void A_plan_crops_again_what_it_cropped()
    {
        HostResult cropped = Prune("--criterion", "slim", "--global-percent", "0.5", "--drop-level", "P4", "--classes", "1", "--out", "o").ShouldSucceed();

        HostResult again = Prune("--plan", "o/plan.json", "--out", "again").ShouldSucceed();

        (cropped.Error + again.Error).Should().NotContain("--class-logit", "the logit of the class that stays was trained to tell it from the others");
        _work.Hashes("again")["sample.weights"].Should().Be(_work.Hashes("o")["sample.weights"]);
        _work.Hashes("again")["sample.cfg"].Should().Be(_work.Hashes("o")["sample.cfg"]);
        _work.Run("inspect", "--plan", "o/plan.json", "--criterion", "none").ShouldSucceed();
        _work.Run("explain", "1", "--plan", "o/plan.json").ShouldSucceed();
    }

    [Fact]
    public void A_budget_is_a_share_of_the_whole_network()
    {
        HostResult result = Prune("--criterion", "l1", "--drop-level", "P4", "--to-params", "40%", "--dry-run", "--json").ShouldSucceed();

        JsonElement report = result.Json();
        double share = report.GetProperty("after").GetProperty("parameters").GetDouble() / report.GetProperty("before").GetProperty("parameters").GetDouble();
        share.Should().BeInRange(0.37, 0.4);
    }

    [Fact]
    public void Cropped_and_whole_network_are_measured_with_their_names()
    {
        _work.Write("my.names", "disc\nring\nbox\nbar\nstar\n");

        HostResult result = Prune("--classes", "disc,ring", "--names", "my.names", "--data", YoloSet.Make(_work), "--evaluator", "detection", "--out", "o").ShouldSucceed();

        result.Output.Should().MatchRegex(@"\n  mAP@0\.5 ");
        Json("o/sample.deploy.json").GetProperty("classes").EnumerateArray().Select(static name => name.GetString()).Should().Equal("disc", "ring");
        File.ReadAllText(_work["o/sample.names"]).Should().Be("disc\nring\n");
    }

    [Fact]
    public void Parts_go_at_their_own_rates_and_are_told()
    {
        HostResult result = Prune("--criterion", "slim", "--rate", "backbone=0.6,head=0.2", "--out", "o").ShouldSucceed();

        result.Output.Should().StartWith("sample, pruned by slim (").And.Contain("rate backbone=0.6,head=0.2").And.NotContain("global-percent").And.MatchRegex(@"\nParts: backbone: layers 0 to \d+, head: layers \d+ to \d+, which not every head needs\n");
        JsonElement made = Json("o/plan.json").GetProperty("made");
        made.GetProperty("criterion.rate").GetString().Should().Be("backbone=0.6,head=0.2");
        made.TryGetProperty("criterion.global-percent", out _).Should().BeFalse("it is not what was pruned by");
        JsonElement budget = Prune("--criterion", "slim", "--rate", "backbone=0.6,head=0.2", "--to-flops", "70%", "--dry-run", "--json").ShouldSucceed().Json();
        budget.GetProperty("made").GetProperty("criterion.rate").GetString().Should().MatchRegex(@"^backbone=0\.\d+,head=0\.\d+$").And.NotBe("backbone=0.6,head=0.2");
        (budget.GetProperty("after").GetProperty("gflops").GetDouble() / budget.GetProperty("before").GetProperty("gflops").GetDouble()).Should().BeLessThanOrEqualTo(0.7);
        Prune("--criterion", "slim", "--rate", "neck=0.6").ShouldFail(2, "error: 'sample' has no part 'neck'. It has 'backbone' and 'head'*");
        Prune("--criterion", "slim", "--rate", "backbone").ShouldFail(2, "error: --rate: 'backbone' is no part with a rate*");
        Prune("--criterion", "slim", "--global-percent", "0.5", "--rate", "head=0.6").ShouldFail(2, "error: --rate says how much goes of each part, and --global-percent of all together. Leave one of them.");
    }

    [Fact]
    public void What_is_kept_is_told()
    {
        HostResult result = Prune("--criterion", "slim", "--keep", "0-3,3?", "--out", "o").ShouldSucceed();

        result.Output.Should().MatchRegex(@"^sample, pruned by slim \(.*\), keeping 0-3,3\?");
        Json("o/plan.json").GetProperty("made").GetProperty("keep").GetString().Should().Be("0-3,3?");
        Prune("--criterion", "slim", "--keep", "9-5").ShouldFail(2, "error: 'sample' has no layer '9-5' that could keep its channels; it has '5-9'. *");
        Prune("--criterion", "slim", "--keep", "3", "--rate", "3=0.5").ShouldFail(2, "error: Of '3' nothing can go, and it has the rate 0.5: *");
    }

    [Fact]
    public void Another_activation_is_put_in_place_with_a_warning()
    {
        HostResult pruned = Prune("--activation", "relu", "--out", "o").ShouldSucceed();
        HostResult converted = _work.Run("convert", "--to", "darknet", "--activation", "relu", "--from-scratch", "--seed", "3", "--out", "c/").ShouldSucceed();

        foreach (HostResult result in new[] { pruned, converted })
        {
            result.Error.Should().MatchRegex(@"warning: \d+ activations are relu now: the network computes something else and detects little or nothing until it is fine-tuned \(host train\)\.");
        }

        File.ReadAllText(_work["o/sample.cfg"]).Should().Contain("activation=relu").And.NotContain("activation=leaky");
        Json("o/plan.json").GetProperty("made").GetProperty("activation").GetString().Should().Be("relu");
        Prune("--activation", "swish").ShouldFail(2, "error: --activation takes relu, leaky, relu6, hard-swish, silu, not 'swish'.");
    }

    [Theory]
    [InlineData("error: --drop-level: 'five' is no level; levels are called P3 (stride 8), P4 (16), P5 (32) and so on.", "--drop-level", "five")]
    [InlineData("error: --drop-level: 'P3,' has an empty place between its commas.", "--drop-level", "P3,")]
    [InlineData("error: 'sample' has no level P7. It has P*", "--drop-level", "P7")]
    [InlineData("error: --classes: it names nothing.", "--classes", "")]
    [InlineData("error: 'sample' has no class 9: its 5 classes are counted from 0 to 4.", "--classes", "9")]
    [InlineData("error: 'sample' has no class 'rng'. Did you mean 'ring'?", "--classes", "rng", "--names", "my.names")]
    [InlineData("error: --round refers to one network*--drop-level makes another*", "--criterion", "slim", "--round", "1/2", "--drop-level", "P4")]
    [InlineData("error: --keep leaves layers as they are where channels or blocks go, and here none do. Leave it, or add a criterion or --blocks.", "--classes", "0", "--keep", "3")]
    [InlineData("error: --plan applies a plan as it is, and --classes helps to make one. Leave one of them.", "--plan", "p.json", "--classes", "0")]
    public void Mistakes_are_told(string message, params string[] args)
    {
        Prune(args).ShouldFail(2, message);

        _work.Entries.Should().Equal("my.names");
    }

    private HostResult Prune(params string[] args) => _work.Run(["prune", "--engine", "managed", .. args]);

    private JsonElement Json(string path) => JsonDocument.Parse(File.ReadAllText(_work[path])).RootElement;
}
