using System.Text.Json;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>`host prune --recalibrate`: the small network fitted to the whole one on pictures.</summary>
public sealed class RecalibrateTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Batch_norms_are_fitted_on_pictures_of_a_folder_and_the_same_each_time()
    {
        Paint(5);

        JsonElement report = Prune("first", "--recalibrate", "3", "--images", "pictures");
        Prune("second", "--recalibrate", "3", "--images", "pictures");
        Prune("another", "--recalibrate", "3", "--images", "pictures", "--seed", "1");
        Prune("plain");

        JsonElement recalibration = report.GetProperty("recalibration");
        recalibration.GetProperty("pictures").GetInt32().Should().Be(3);
        recalibration.GetProperty("layers").GetInt32().Should().BeGreaterThan(10);
        report.GetProperty("made").GetProperty("recalibrate").GetString().Should().Be("3");
        report.GetProperty("made").GetProperty("recalibrateOn").GetString().Should().Be("pictures");
        string first = _work.Hashes("first")["sample.weights"];
        _work.Hashes("second")["sample.weights"].Should().Be(first);
        _work.Hashes("another")["sample.weights"].Should().NotBe(first, "other pictures were drawn");
        _work.Hashes("plain")["sample.weights"].Should().NotBe(first);
        _work.Hashes("plain")["sample.cfg"].Should().Be(_work.Hashes("first")["sample.cfg"]);
    }

    [Fact]
    public void A_network_of_which_nothing_goes_stays_what_it_is()
    {
        Paint(2);

        JsonElement report = _work.Run(
            "prune", "--criterion", "none", "--recalibrate", "2", "--images", "pictures", "--out", "same", "--json").ShouldSucceed().Json();

        report.GetProperty("verification").GetProperty("compactAgainstOriginal").GetProperty("overall").GetDouble().Should().BeLessThan(1e-4);
    }

    [Fact]
    public void Fewer_pictures_than_asked_for_are_all_taken_and_told()
    {
        Paint(2);

        HostResult result = _work.Run("prune", "--criterion", "slim", "--recalibrate", "64", "--images", "pictures", "--out", "small", "--no-verify").ShouldSucceed();

        result.Error.Should().Contain("--recalibrate 64 was asked for; pictures has 2 pictures");
        result.Output.Should().Contain("Recalibrated: ").And.Contain("on 2 pictures of pictures").And.Contain("recalibrate ");
    }

    [Fact]
    public void A_plan_is_applied_and_fitted_without_being_changed()
    {
        Paint(2);
        Prune("first", "--recalibrate", "2", "--images", "pictures");

        JsonElement plain = _work.Run("prune", "--plan", "first/plan.json", "--out", "plain", "--json").ShouldSucceed().Json();
        _work.Run("prune", "--plan", "first/plan.json", "--recalibrate", "2", "--images", "pictures", "--out", "again").ShouldSucceed();

        plain.GetProperty("made").TryGetProperty("recalibrate", out _).Should().BeFalse("this run did not");
        _work.Hashes("again")["sample.weights"].Should().Be(_work.Hashes("first")["sample.weights"]);
    }

    [Fact]
    public void With_a_set_its_pictures_are_taken()
    {
        string data = YoloSet.Make(_work);

        JsonElement report = Prune("small", "--recalibrate", "2", "--data", data, "--no-measure");

        report.GetProperty("recalibration").GetProperty("source").GetString().Should().Be("set");
    }

    [Fact]
    public void Where_there_are_no_other_pictures_than_those_measured_on_that_is_told()
    {
        YoloSet.Make(_work);
        Directory.Move(_work["set/images/val"], _work["set/images/train"]);
        Directory.Move(_work["set/labels/val"], _work["set/labels/train"]);

        HostResult result = _work.Run("prune", "--criterion", "slim", "--recalibrate", "2", "--data", "set", "--engine", "managed", "--no-verify", "--out", "small").ShouldSucceed();

        result.Error.Should().Contain("set has one part alone, 'train', and no 'val': 'train' is taken.")
            .And.Contain("--recalibrate fits to pictures that are measured on too: set has no others.");
    }

    [Theory]
    [InlineData("--recalibrate 8 --model copy.cfg", "*--recalibrate needs pictures: a folder of them with --images, or a set with --data.*")]
    [InlineData("--recalibrate 0 --images pictures", "*--recalibrate takes a number of pictures of at least 1, not '0'.*")]
    [InlineData("--recalibrate many --images pictures", "*--recalibrate takes a number of pictures of at least 1, not 'many'.*")]
    [InlineData("--images pictures", "*--images names pictures for --recalibrate or --reconstruct, and neither is given.*")]
    [InlineData("--recalibrate 8 --images gone", "*gone: there is no such picture or folder.*")]
    [InlineData("--recalibrate 8 --images empty", "*empty: the folder has no pictures*")]
    public void What_cannot_be_says_why_and_leaves_nothing(string options, string message)
    {
        Paint(1);
        Directory.CreateDirectory(_work["empty"]);
        File.Copy(HostInstallation.SampleCfg, _work["copy.cfg"]);

        _work.Run(["prune", "--criterion", "slim", "--out", "small", .. options.Split(' ')]).ShouldFail(2, message);

        Directory.Exists(_work["small"]).Should().BeFalse();
    }

    [Fact]
    public void A_damaged_picture_stops_the_work_or_is_passed_over()
    {
        Paint(2);
        File.WriteAllText(_work["pictures/bad.png"], "this is no picture");
        string[] command = ["prune", "--criterion", "slim", "--recalibrate", "3", "--images", "pictures", "--no-verify"];

        _work.Run([.. command, "--out", "small"]).ShouldFail(2, "*bad.png*--skip-bad*");
        HostResult passed = _work.Run([.. command, "--out", "small", "--skip-bad"]).ShouldSucceed();

        passed.Output.Should().Contain("on 2 pictures");
        passed.Error.Split("passed over: ").Should().HaveCount(2, "it is told once, though pictures are gone through twice");
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
