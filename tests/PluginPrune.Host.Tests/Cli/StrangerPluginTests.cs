using System.Text.Json;
using PluginPrune.Host.Tests.Plugins;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A plugin that somebody else wrote, dropped into a folder.</summary>
public sealed class StrangerPluginTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("option")]
    [InlineData("variable")]
    [InlineData("data")]
    public void It_works_from_every_folder_that_is_meant_for_it(string place)
    {
        string[] where = Put(place, _work.Plugins("Good"));

        HostResult result = _work.Run([.. where, "prune", "--criterion", "good-random", "--gp", "0.5", "--offset", "-2", "--coupling", "first", "--out", "small"]).ShouldSucceed();

        result.Output.Should().Contain("pruned by good-random");
        JsonElement made = Json("small/plan.json").GetProperty("made");
        made.GetProperty("criterion").GetString().Should().Be("fixtures.good/good-random");
        made.GetProperty("criterion.global-percent").GetString().Should().Be("0.5");
        made.GetProperty("criterion.offset").GetString().Should().Be("-2");
        made.GetProperty("criterion.epsilon").GetString().Should().Be("1E-07");
        Json("small/report.json").GetProperty("after").GetProperty("channels").GetInt32().Should().BeLessThan(
            Json("small/report.json").GetProperty("before").GetProperty("channels").GetInt32());
        _work.Run([.. where, "plugin", "list"]).ShouldSucceed().Output.Should().Contain("fixtures.good 1.2.3-beta.1").And.Contain("good-random");
    }

    [Theory]
    [InlineData("--plugins", "{0}", "prune")]
    [InlineData("--plugins={0}", "prune")]
    [InlineData("prune", "--plugins", "{0}")]
    [InlineData("--plugins=/nobody", "--plugins={0}", "prune")]
    [InlineData("--plugins={0}", "--plugins=/nobody", "prune")]
    public void The_folder_may_be_named_in_front_or_behind_and_with_others(params string[] args)
    {
        string root = _work.Plugins("Good");

        HostResult result = _work.Run([.. args.Select(arg => arg.Replace("{0}", root, StringComparison.Ordinal)), "--criterion", "good-random", "--offset", "1", "--no-verify", "--dry-run"]);

        result.ShouldSucceed().Output.Should().Contain("good-random");
    }

    [Fact]
    public void Its_options_are_checked_like_the_hosts()
    {
        string root = _work.Plugins("Good");

        string[] prune = ["--plugins", root, "prune", "--criterion", "good-random"];
        _work.Run([.. prune, "--gp", "2"]).ShouldFail(2, "error: --global-percent takes a number from 0 to 1, not '2'.");
        _work.Run([.. prune, "--offset", "-6"]).ShouldFail(2, "error: --offset *-5*'-6'.");
        _work.Run([.. prune, "--invert", "perhaps"]).ShouldFail(2, "error: --invert *'perhaps'.");
        _work.Run([.. prune, "--ofset", "1"]).ShouldFail(2, "error: *'--ofset'. Did you mean --offset*");
        _work.Run([.. prune, "--invert", "--no-verify", "--dry-run"]).ShouldSucceed();
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Another_plugins_block_criterion_chooses_other_blocks()
    {
        string[] prune = ["--plugins", _work.Plugins("Good"), "prune", "--blocks", "3", "--no-verify"];
        _work.Run([.. prune, "--out", "mean"]).ShouldSucceed();
        _work.Run([.. prune, "--out", "last", "--block-criterion", "good-last"]).ShouldSucceed();

        Blocks("last").Should().HaveCount(3).And.NotEqual(Blocks("mean"));
    }

    [Fact]
    public void Help_and_list_load_nothing_of_it()
    {
        string root = _work.Plugins("Good");
        string help = _work.Run("--plugins", root, "prune", "--criterion", "good-random", "--help").ShouldSucceed().Output;
        string list = _work.Run("--plugins", root, "plugin", "list").ShouldSucceed().Output;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "Good"), "*.dll"))
        {
            File.WriteAllText(file, "this is no assembly");
        }

        _work.Run("--plugins", root, "prune", "--criterion", "good-random", "--help").ShouldSucceed().Output.Should().Be(help);
        _work.Run("--plugins", root, "plugin", "list").ShouldSucceed().Output.Should().Be(list);
        HostResult use = _work.Run("--plugins", root, "prune", "--criterion", "good-random");

        help.Should().Contain("--global-percent X").And.Contain("Added to the seed [default: 3]").And.Contain("also --global_percent, --gp").And.Contain("skip|first|union");
        list.Should().Contain("Keeps channels at random");
        use.ShouldFail(3, "error: PP0104 fixtures.good: *");
        _work.Run("--plugins", root, "prune", "--criterion", "slim", "--no-verify", "--dry-run").ShouldSucceed();
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_folder_of_plugins_where_the_host_is_started_is_left_alone()
    {
        string root = _work.Plugins("Good");
        Directory.Move(root, _work["plugins"]);
        HostInstallation.Copy(_work["plugins/Good"], _work["Good"]);

        _work.Run("plugin", "list").ShouldSucceed().Output.Should().NotContain("good");
        _work.Run("prune", "--criterion", "good-random").ShouldFail(2, "error: PP0604*");
        _work.Run("--plugins", "plugins", "plugin", "list").ShouldSucceed().Output.Should().Contain("fixtures.good", "named, it is meant");
    }

    [Fact]
    public void A_relative_folder_in_the_variable_is_not_looked_into()
    {
        Directory.Move(_work.Plugins("Good"), _work["plugins"]);
        _work.Environment["PLUGINPRUNE_PLUGINS"] = "plugins";

        HostResult result = _work.Run("plugin", "list").ShouldSucceed();

        result.Output.Should().NotContain("good");
        result.Error.Should().StartWith("warning: PP0009").And.Contain("absolute");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_and_does_no_harm()
    {
        HostResult result = _work.Run("--plugins", "/nobody", "plugin", "list").ShouldSucceed();

        result.Lines.Should().ContainSingle().Which.Should().Match("warning: PP0009: --plugins names /nobody, which is not there.*");
        result.Output.Should().Be(_work.Run("plugin", "list").Output);
    }

    [Fact]
    public void Two_plugins_with_one_name_are_told_apart_by_their_ids()
    {
        string root = BuiltInAs("stranger.bn", "CriterionBn");

        _work.Run("--plugins", root, "prune", "--criterion", "slim").ShouldFail(3, "error: PP0601 *'stranger.bn/slim'*");
        _work.Run("--plugins", root, "prune", "--blocks", "1").ShouldFail(3, "error: PP0601 *'stranger.bn/bn-mean'*");
        HostResult doctor = _work.Run("--plugins", root, "plugin", "doctor");
        _work.Run("--plugins", root, "prune", "--criterion", "stranger.bn/slim", "--no-verify", "--dry-run").ShouldSucceed();
        _work.Run("--plugins", root, "prune", "--criterion", "pluginprune.criterion-bn/slim", "--no-verify", "--dry-run").ShouldSucceed();

        doctor.ExitCode.Should().Be(3);
        doctor.Output.Should().Contain("PP0601");
    }

    [Fact]
    public void Two_plugins_with_the_standard_engine_are_a_conflict_and_not_a_lack_of_one()
    {
        string[] prune = ["--plugins", BuiltInAs("stranger.engine", "EngineManaged"), "prune", "--criterion", "slim", "--out", "small"];

        _work.Run(prune).ShouldFail(3, "error: PP0601 *'stranger.engine/managed'*");
        _work.Entries.Should().BeEmpty();
        _work.Run([.. prune, "--engine", "stranger.engine/managed"]).ShouldSucceed();
        _work.Run([.. prune, "--no-verify", "--force"]).ShouldSucceed();
    }

    [Fact]
    public void Its_own_copy_of_the_contracts_is_not_used()
    {
        string root = _work.Plugins("OwnCopy");
        string copy = Path.Combine(root, "OwnCopy", "PluginPrune.Contracts.dll");
        File.Exists(copy).Should().BeTrue("that is what the fixture is for");

        HostResult result = _work.Run("--plugins", root, "prune", "--criterion", "own-copy", "--out", "small").ShouldSucceed();

        // With its own contracts the criterion would not be the host's IPruningCriterion, and with garbage it could not even start.
        result.Output.Should().Contain("pruned by own-copy");
        Json("small/report.json").GetProperty("after").ToString().Should().Be(Json("small/report.json").GetProperty("before").ToString());
        File.WriteAllText(copy, "this is no assembly");
        _work.Run("--plugins", root, "prune", "--criterion", "own-copy", "--no-verify", "--dry-run").ShouldSucceed();
    }

    /// <summary>A built-in plugin under another id: every name of it is there twice.</summary>
    private string BuiltInAs(string id, string name)
    {
        string root = _work.Plugins();
        HostInstallation.Copy(HostInstallation.BuiltIn(name), Path.Combine(root, id));
        PluginSandbox.Edit(Path.Combine(root, id), manifest => manifest["id"] = id);
        return root;
    }

    private string[] Put(string place, string root)
    {
        switch (place)
        {
            case "option":
                return ["--plugins", root];
            case "variable":
                _work.Environment["PLUGINPRUNE_PLUGINS"] = "/nobody" + Path.PathSeparator + root;
                return [];
            default:
                HostInstallation.Copy(root, Path.Combine(_work.Data, "pluginprune", "plugins"));
                return [];
        }
    }

    private string?[] Blocks(string folder) =>
        [.. Json(folder + "/report.json").GetProperty("removedBlocks").EnumerateArray().Select(static block => block.GetString())];

    private JsonElement Json(string name)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_work[name]));
        return json.RootElement.Clone();
    }
}
