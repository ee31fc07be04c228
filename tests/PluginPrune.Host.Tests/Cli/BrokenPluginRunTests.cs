using System.Text.Json;
using System.Text.Json.Nodes;
using PluginPrune.Host.Tests.Plugins;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A plugin that is broken costs its user one clear message, wherever it breaks, and nobody else anything.</summary>
public sealed class BrokenPluginRunTests : IDisposable
{
    private static readonly string[] Others = ["throws", "null", "other"];

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("newer", "PP0101", "*needs contracts 0.2*Update the host*")]
    [InlineData("newer-hidden", "PP0102", "*compiled with contracts 0.2*")]
    [InlineData("no-assembly", "PP0103", "*Fixtures.Good.dll*")]
    [InlineData("no-assembly-but-garbage", "PP0104", "*Fixtures.Good.dll*")]
    [InlineData("ThrowsInConstructor", "PP0401", "*the constructor is broken*")]
    [InlineData("ThrowsInRegister", "PP0402", "*Register is broken*")]
    [InlineData("RegistersTwice", "PP0403", "*'twice' twice*")]
    [InlineData("NeedsLibrary", "PP0302", "*Fixtures.Library*")]
    [InlineData("NeedsHost", "PP0303", "*PluginPrune.Core*")]
    [InlineData("NeedsNative", "PP0307", "*fixture_native*")]
    [InlineData("NotThere", "PP0105", "*is not in the assembly*")]
    public void Used_it_is_the_first_thing_told_and_the_doctor_finds_it(string what, string code, string pattern)
    {
        (string root, string criterion, string id) = Make(what);

        HostResult use = _work.Run("--plugins", root, "prune", "--criterion", criterion, "--out", "small");
        HostResult list = _work.Run("--plugins", root, "plugin", "list").ShouldSucceed();
        HostResult doctor = _work.Run("--plugins", root, "plugin", "doctor");
        HostResult others = _work.Run("--plugins", root, "prune", "--criterion", "slim", "--no-verify", "--dry-run").ShouldSucceed();

        use.ExitCode.Should().Be(3);
        use.Output.Should().BeEmpty();
        use.Lines[0].Should().StartWith($"error: {code} {id}: ").And.Match(pattern);
        use.Lines.Should().OnlyContain(static line => line.StartsWith("error: PP", StringComparison.Ordinal));
        _work.Entries.Should().BeEmpty();
        list.Output.Should().Contain(id);
        doctor.ExitCode.Should().Be(3);
        doctor.Output.Should().Contain(code).And.Contain(id).And.MatchRegex(@"\d+ plugins, 1 with faults\.");
        others.Output.Should().Contain("slim");
        Remedy(root, code, use.Lines[0]);
    }

    [Theory]
    [InlineData("nan", "PP0504")]
    [InlineData("infinite", "PP0504")]
    [InlineData("short", "PP0505")]
    [InlineData("long", "PP0505")]
    [InlineData("throw", "PP0503")]
    [InlineData("null", "PP0506")]
    [InlineData("short-mask", "PP0507")]
    [InlineData("twice", "PP0508")]
    [InlineData("rate", "PP0509")]
    [InlineData("library", "PP0302")]
    public void Work_that_breaks_the_contract_is_refused_before_anything_is_written(string how, string code)
    {
        string root = Breach();

        HostResult result = _work.Run("--plugins", root, "prune", "--criterion", "breach", "--set", "breach.how=" + how, "--out", "small");

        result.ShouldFail(3, $"error: {code} fixtures.evil: *'breach'*");
        result.Lines.Should().ContainSingle();
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_plugin_that_cancels_is_not_taken_for_the_user()
    {
        HostResult result = _work.Run("--plugins", Breach(), "prune", "--criterion", "breach", "--how", "cancel", "--out", "small");

        result.ShouldFail(3, "error: PP0503 fixtures.evil: *'breach'*nobody had asked it to*");
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_breach_that_behaves_is_let_through()
    {
        // Without this the refusals above might be of something else.
        _work.Run("--plugins", Breach(), "prune", "--criterion", "breach", "--how", "well", "--no-verify", "--dry-run").ShouldSucceed();
    }

    [Fact]
    public void A_damaged_manifest_hides_its_plugin_alone()
    {
        string root = _work.Plugins("Good", "OwnCopy");
        File.WriteAllText(Path.Combine(root, "Good", "plugin.json"), "{ \"id\": ");

        _work.Run("--plugins", root, "plugin", "list").ShouldSucceed().Output.Should().Contain("[invalid: 'host plugin doctor' says why]");
        _work.Run("--plugins", root, "prune", "--criterion", "own-copy", "--no-verify", "--dry-run").ShouldSucceed();
        HostResult doctor = _work.Run("--plugins", root, "plugin", "doctor");

        doctor.ExitCode.Should().Be(3);
        doctor.Output.Should().Contain("PP0002").And.Contain("Good: invalid");
    }

    [Fact]
    public void A_healthy_installation_has_nothing_to_complain_of()
    {
        HostResult doctor = _work.Run("plugin", "doctor").ShouldSucceed();

        doctor.Output.Should().MatchRegex(@"\d+ plugins, 0 with faults\.").And.NotContain("PP");
        doctor.Error.Should().BeEmpty();
    }

    private static void Remedy(string root, string code, string line)
    {
        using var work = new Workplace();
        HostResult list = work.Run("--plugins", root, "plugin", "list", "--json").ShouldSucceed();
        HostResult doctor = work.Run("--plugins", root, "plugin", "doctor", "--json");

        list.Json().GetProperty("plugins").GetArrayLength().Should().Be(doctor.Json().GetProperty("plugins").GetArrayLength());
        JsonElement found = doctor.Json().GetProperty("plugins").EnumerateArray()
            .SelectMany(static plugin => plugin.GetProperty("diagnostics").EnumerateArray())
            .First(diagnostic => diagnostic.GetProperty("code").GetString() == code);
        line.Should().Contain(found.GetProperty("message").GetString()).And.Contain(found.GetProperty("remedy").GetString());
        found.GetProperty("remedy").GetString().Should().EndWith(".");
    }

    private string Breach() => Evil("BreachPlugin", manifest =>
    {
        foreach (string name in Others)
        {
            manifest["contributes"]!["criteria"]!.AsArray().Add(new JsonObject { ["name"] = name, ["summary"] = "Misbehaves" });
        }

        manifest["contributes"]!["criteria"]![0]!["options"] = new JsonObject
        {
            ["how"] = new JsonObject { ["type"] = "string", ["description"] = "What to do wrong", ["default"] = "nan" },
        };
        manifest["contributes"]!["blockCriteria"] = new JsonArray(manifest["contributes"]!["criteria"]![0]!.DeepClone());
    });

    private string Evil(string entryType, Action<JsonObject>? edit = null)
    {
        string root = _work.Plugins("Evil");
        JsonObject manifest = PluginSandbox.Manifest(entryType, entryType == "BreachPlugin" ? "breach" : "any");
        edit?.Invoke(manifest);
        File.WriteAllText(Path.Combine(root, "Evil", "plugin.json"), manifest.ToJsonString());
        return root;
    }

    private (string Root, string Criterion, string Id) Make(string what)
    {
        string root;
        switch (what)
        {
            case "newer":
                return (_work.Plugins("Newer"), "newer", "fixtures.newer");
            case "newer-hidden":
                root = _work.Plugins("Newer");
                PluginSandbox.Edit(Path.Combine(root, "Newer"), static manifest => manifest["contracts"] = "0.1");
                return (root, "newer", "fixtures.newer");
            case "no-assembly":
                root = _work.Plugins("Good");
                File.Delete(Path.Combine(root, "Good", "Fixtures.Good.dll"));
                return (root, "good-random", "fixtures.good");
            case "no-assembly-but-garbage":
                root = _work.Plugins("Good");
                File.WriteAllBytes(Path.Combine(root, "Good", "Fixtures.Good.dll"), [0, 1, 2, 3]);
                return (root, "good-random", "fixtures.good");
            default:
                return (Evil(what), "any", "fixtures.evil");
        }
    }
}
