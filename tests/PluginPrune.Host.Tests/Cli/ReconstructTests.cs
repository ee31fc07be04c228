using System.Text.Json;
using PluginPrune.TestKit;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host prune --reconstruct`: weights that lost inputs found again on pictures.</summary>
public sealed class ReconstructTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Weights_are_fitted_on_pictures_of_a_folder_and_the_same_each_time()
    {
        Paint(5);

        JsonElement report = Prune("first", "--reconstruct", "3", "--images", "pictures", "--threads", "1");
        Prune("second", "--reconstruct", "3", "--images", "pictures", "--threads", "2");
        Prune("another", "--reconstruct", "3", "--images", "pictures", "--seed", "1");
        JsonElement matched = Prune("matched", "--recalibrate", "3", "--images", "pictures");

        JsonElement recalibration = report.GetProperty("recalibration");
        recalibration.GetProperty("pictures").GetInt32().Should().Be(3);
        recalibration.GetProperty("layers").GetInt32().Should().Be(matched.GetProperty("recalibration").GetProperty("layers").GetInt32());
        recalibration.GetProperty("weights").GetInt32().Should().BeGreaterThan(10);
        matched.GetProperty("recalibration").TryGetProperty("weights", out _).Should().BeFalse("they were not asked for");
        report.GetProperty("made").GetProperty("reconstruct").GetString().Should().Be("3");
        report.GetProperty("made").GetProperty("reconstructOn").GetString().Should().Be("pictures");
        report.GetProperty("made").TryGetProperty("recalibrate", out _).Should().BeFalse();
        string first = _work.Hashes("first")["sample.weights"];
        _work.Hashes("second")["sample.weights"].Should().Be(first, "threads decide nothing");
        _work.Hashes("another")["sample.weights"].Should().NotBe(first, "other pictures were drawn");
        _work.Hashes("matched")["sample.weights"].Should().NotBe(first);
        _work.Hashes("matched")["sample.cfg"].Should().Be(_work.Hashes("first")["sample.cfg"]);
    }

    [Theory]
    [InlineData("--reconstruct")]
    [InlineData("--recalibrate")]
    public void A_sample_is_fitted_on_scenes_that_it_was_trained_on_where_no_others_are_named(string option)
    {
        string[] command = ["prune", "--model", "sample-tiny", "--criterion", "l1", "--to-flops", "50%", "--engine", "managed", "--no-measure", "--no-verify", option, "4"];

        HostResult result = _work.Run([.. command, "--out", "first"]).ShouldSucceed();
        _work.Run([.. command, "--data", "synthetic", "--count", "4000", "--out", "named"]).ShouldSucceed();

        result.Output.Should().Contain("on 4 pictures of synthetic");
        result.Error.Should().NotContain("was asked for");
        _work.Hashes("first")["sample-tiny.weights"].Should().Be(_work.Hashes("named")["sample-tiny.weights"], "they are the training scenes of that set");
        JsonDocument.Parse(File.ReadAllText(_work["first/report.json"])).RootElement.GetProperty("made").GetProperty($"{option.TrimStart('-')}On").GetString().Should().Be("synthetic");
    }

    [Fact]
    public void The_summary_and_the_label_say_what_was_done()
    {
        Paint(2);

        HostResult result = _work.Run("prune", "--criterion", "slim", "--reconstruct", "64", "--images", "pictures", "--out", "small", "--no-verify").ShouldSucceed();

        result.Error.Should().Contain("--reconstruct 64 was asked for; pictures has 2 pictures");
        result.Output.Should().MatchRegex(@"Reconstructed: weights of \d+ layers; fitted: \d+ layers, on 2 pictures of pictures").And.Contain("reconstruct ").And.NotContain("ecalibrate");
        _work.Run("plan", "show", "small/plan.json").ShouldSucceed().Output.Should().Contain("reconstruct");
        _work.Run("prune", "--criterion", "l1", "--rate", "0=0.5", "--reconstruct", "2", "--images", "pictures", "--dry-run", "--no-verify").ShouldSucceed()
            .Output.Should().MatchRegex("Reconstructed: weights of 1 layer; fitted: [0-9]+ layers, on 2 pictures of pictures");
    }

    [Fact]
    public void What_a_generated_picture_tells_of_a_fitted_network_is_not_taken_for_what_it_detects()
    {
        Paint(2);

        string plain = Warned();
        string matched = Warned("--recalibrate", "2", "--images", "pictures");
        string fitted = Warned("--reconstruct", "2", "--images", "pictures");

        plain.Should().Contain("such a network may detect little or nothing until it is fine-tuned; 'host eval' tells. Find its weights anew on pictures (--reconstruct), prune less");
        matched.Should().Contain("On pictures like those that the network was fitted to it may be less; 'host eval' tells. Where it detects too little, find its weights anew (--reconstruct), prune less");
        fitted.Should().Contain("On pictures like those that the network was fitted to it may be less; 'host eval' tells. Where it detects too little, prune less");
        (matched + fitted).Should().NotContain("little or nothing");
    }

    [Fact]
    public void A_plan_is_applied_and_fitted_without_being_changed()
    {
        Paint(2);
        Prune("first", "--reconstruct", "2", "--images", "pictures");

        JsonElement plain = _work.Run("prune", "--plan", "first/plan.json", "--out", "plain", "--json").ShouldSucceed().Json();
        HostResult again = _work.Run("prune", "--plan", "first/plan.json", "--reconstruct", "2", "--images", "pictures", "--out", "again").ShouldSucceed();
        JsonElement seeded = _work.Run("prune", "--plan", "first/plan.json", "--reconstruct", "2", "--images", "pictures", "--seed", "7", "--dry-run", "--json").ShouldSucceed().Json();

        plain.GetProperty("made").TryGetProperty("reconstruct", out _).Should().BeFalse("this run did not");
        plain.GetProperty("made").TryGetProperty("reconstructOn", out _).Should().BeFalse();
        again.Output.Should().StartWith("sample, pruned by the plan plan.json, reconstructed\n");
        _work.Hashes("again")["sample.weights"].Should().Be(_work.Hashes("first")["sample.weights"]);
        seeded.GetProperty("made").GetProperty("seed").GetString().Should().Be("0", "that is the plan's");
        seeded.GetProperty("made").GetProperty("reconstructSeed").GetString().Should().Be("7", "that drew the pictures");
    }

    [Fact]
    public void With_a_set_its_pictures_are_taken()
    {
        string data = YoloSet.Make(_work);

        JsonElement report = Prune("small", "--reconstruct", "2", "--data", data, "--no-measure");

        report.GetProperty("recalibration").GetProperty("source").GetString().Should().Be("set");
        report.GetProperty("made").GetProperty("reconstructOn").GetString().Should().Be(data);
    }

    [Fact]
    public void A_search_measures_networks_after_it()
    {
        // As far as the same drop allows: further, where weights are found again.
        double plain = Searched();
        double fitted = Searched("--reconstruct", "16");

        fitted.Should().BeLessThan(plain);
    }

    [Theory]
    [InlineData("--reconstruct 8 --model copy.cfg", "*--reconstruct needs pictures: a folder of them with --images, or a set with --data.*")]
    [InlineData("--reconstruct 0 --images pictures", "*--reconstruct takes a number of pictures of at least 1, not '0'.*")]
    [InlineData("--reconstruct many --images pictures", "*--reconstruct takes a number of pictures of at least 1, not 'many'.*")]
    [InlineData("--reconstruct 8 --recalibrate 8 --images pictures", "*--reconstruct does what --recalibrate does, and more. Give one of them.*")]
    [InlineData("--reconstruct 8 --images gone", "*gone: there is no such picture or folder.*")]
    public void What_cannot_be_says_why_and_leaves_nothing(string options, string message)
    {
        Paint(1);
        File.Copy(HostInstallation.SampleCfg, _work["copy.cfg"]);

        _work.Run(["prune", "--criterion", "slim", "--out", "small", .. options.Split(' ')]).ShouldFail(2, message);

        Directory.Exists(_work["small"]).Should().BeFalse();
    }

    [Theory]
    [InlineData("--reconstruct")]
    [InlineData("--recalibrate")]
    public void Where_all_pictures_are_passed_over_there_is_none_to_fit_to(string option)
    {
        Directory.CreateDirectory(_work["pictures"]);
        _work.Write("pictures/a.jpg", "no picture");

        _work.Run("prune", "--criterion", "slim", option, "8", "--images", "pictures", "--skip-bad", "--out", "small")
            .ShouldFail(2, "error: There is no picture to fit the network to: none can be used. Name others.*");

        Directory.Exists(_work["small"]).Should().BeFalse();
    }

    [SharedDataFact]
    public void A_detector_keeps_more_of_what_it_found_where_it_is_fitted_and_far_more_where_weights_are_found_anew()
    {
        string photos = SharedData.PathOf("data/coco256-yolo/images/train2017");
        File.WriteAllLines(_work["few.txt"], Directory.GetFiles(photos).Order(StringComparer.Ordinal).Take(96));

        double plain = MeanAveragePrecision("plain");
        double matched = MeanAveragePrecision("matched", "--recalibrate", "32", "--images", photos);
        double fitted = MeanAveragePrecision("fitted", "--reconstruct", "32", "--images", photos);

        // Measured: 0.276, 0.302 and 0.371; on all 128 of them 0.282, 0.297 and 0.359, of 0.431. The 32 are drawn from all.
        matched.Should().BeGreaterThan(plain + 0.008);
        fitted.Should().BeGreaterThan(matched + 0.03);
    }

    private double MeanAveragePrecision(string folder, params string[] options)
    {
        string model = SharedData.PathOf("data/darknet/yolo-fastest/yolo-fastest-1.1-xl.cfg");
        _work.Run(["prune", "--criterion", "slim", "--global-percent", "0.3", "--model", model, "--no-verify", "--out", folder, .. options]).ShouldSucceed();
        JsonElement report = _work.Run(
            "eval", "--model", $"{folder}/yolo-fastest-1.1-xl.cfg", "--names", SharedData.PathOf("data/darknet/yolo-fastest/coco.names"),
            "--data", "few.txt", "--engine", "managed", "--json").ShouldSucceed().Json();
        return report.GetProperty("networks")[0].GetProperty("detection").GetProperty("metrics").EnumerateArray()
            .Single(static metric => metric.GetProperty("name").GetString() == "mAP@0.5").GetProperty("value").GetDouble();
    }

    /// <summary>What is said of the sample without most of its channels.</summary>
    private string Warned(params string[] options) => _work.Run(["prune", "--criterion", "l1", "--percent", "0.9", "--model", "sample-tiny", "--dry-run", "--no-measure", .. options]).ShouldSucceed().Error;

    /// <summary>The share of the FLOPs that is left of the sample where mAP may fall by 0.05.</summary>
    private double Searched(params string[] options)
    {
        string[] command = ["prune", "--model", "sample-tiny", "--criterion", "slim", "--max-drop", "0.05", "--data", "synthetic", "--set", "synthetic.count=12", "--engine", "managed"];
        JsonElement report = _work.Run([.. command, "--no-verify", "--dry-run", "--json", .. options]).ShouldSucceed().Json();
        return report.GetProperty("after").GetProperty("gflops").GetDouble() / report.GetProperty("before").GetProperty("gflops").GetDouble();
    }

    private JsonElement Prune(string folder, params string[] options) =>
        _work.Run(["prune", "--criterion", "slim", "--out", folder, "--json", .. options]).ShouldSucceed().Json();

    /// <summary>Pictures in PPM: a header and bytes.</summary>
    private void Paint(int count)
    {
        Directory.CreateDirectory(_work["pictures"]);
        for (int picture = 0; picture < count; picture++)
        {
            byte[] pixels = new byte[3 * 64 * 48];
            new Random(picture).NextBytes(pixels);
            File.WriteAllBytes(_work[$"pictures/{picture}.ppm"], [.. "P6 64 48 255\n"u8, .. pixels]);
        }
    }
}
