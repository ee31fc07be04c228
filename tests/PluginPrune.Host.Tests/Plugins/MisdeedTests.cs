using System.Text.Json;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>The real host and every bad plugin: asked for by name, and all of them at once.</summary>
public sealed class MisdeedTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();
    private readonly Workplace _work = new();

    public static TheoryData<string> Names => [.. Misdeed.All.Keys];

    public void Dispose()
    {
        _sandbox.Dispose();
        _work.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prune_ByABadPlugin_EndsWithThreeAndItsCodeFirst(string name)
    {
        Misdeed misdeed = Misdeed.All[name];
        misdeed.Add(_sandbox, name);

        HostResult result = Run("prune", "--criterion", misdeed.Asked ?? name, "--no-verify", "--out", "small");

        result.ExitCode.Should().Be(3, "it ended with {0}", result);
        result.Output.Should().BeEmpty();
        result.Lines[0].Should().StartWith($"error: {misdeed.Code} {Misdeed.IdOf(name)}: ")
            .And.Contain(misdeed.Cause).And.Contain(misdeed.Remedy);
        result.Error.Should().NotContain("   at ");
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Plugins_AllBadOnesAtOnce_LeaveTheHostAndGoodPluginsAlone()
    {
        foreach ((string name, Misdeed misdeed) in Misdeed.All)
        {
            misdeed.Add(_sandbox, name);
        }

        _sandbox.Add("Good", "zz-good");

        HostResult list = Run("plugin", "list").ShouldSucceed();
        HostResult doctor = Run("plugin", "doctor", "--json");
        Run("prune", "--criterion", "good-random", "--no-verify", "--out", "small").ShouldSucceed();

        list.Error.Should().BeEmpty();
        list.Output.Should().ContainAll(Misdeed.All.Keys.Select(Misdeed.IdOf));
        doctor.ExitCode.Should().Be(3);
        Dictionary<string, JsonElement> found = doctor.Json().GetProperty("plugins").EnumerateArray()
            .ToDictionary(static plugin => plugin.GetProperty("id").GetString()!, StringComparer.Ordinal);
        foreach ((string name, Misdeed misdeed) in Misdeed.All.Where(static pair => pair.Value.Code != DiagnosticCodes.ThreadFailed))
        {
            JsonElement plugin = found[Misdeed.IdOf(name)];
            JsonElement first = plugin.GetProperty("diagnostics")[0];
            (name, plugin.GetProperty("state").GetString(), first.GetProperty("code").GetString())
                .Should().Be((name, misdeed.State.ToString().ToLowerInvariant(), misdeed.Code));
            first.GetProperty("message").GetString().Should().Contain(misdeed.Cause);
            first.GetProperty("remedy").GetString().Should().Contain(misdeed.Remedy);
        }

        // It fails while the doctor tries it, on a thread of its own: told at once.
        doctor.ErrorLines.Should().ContainSingle().Which.Should().StartWith("error: PP0511 fixtures.fails-on-thread: ");
        found["fixtures.good"].GetProperty("state").GetString().Should().Be("ok");
        found["pluginprune.criterion-bn"].GetProperty("state").GetString().Should().Be("ok");
    }

    private HostResult Run(params string[] args) => _work.Run(["--plugins", _sandbox.Root, .. args]);
}
