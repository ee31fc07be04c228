using System.Text.Json.Nodes;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Options that bear names of the host's own: the name means the host's, --set reaches the plugin's, the doctor says so.</summary>
public sealed class ClashingOptionTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();
    private readonly Workplace _work = new();

    public ClashingOptionTests() => PluginSandbox.Edit(_sandbox.AddEvil("Clashes", "clashes"), static manifest =>
        manifest["contributes"]!["criteria"]![0]!["options"] = new JsonObject
        {
            ["out"] = new JsonObject { ["type"] = "number", ["default"] = 0.5, ["description"] = "Not a folder" },
            ["model"] = new JsonObject { ["type"] = "string", ["default"] = "none", ["description"] = "Not a file" },
        });

    public void Dispose()
    {
        _sandbox.Dispose();
        _work.Dispose();
    }

    [Fact]
    public void Prune_TheName_MeansTheHosts()
    {
        HostResult result = Run("prune", "--criterion", "clashes", "--no-verify", "--out", "small").ShouldSucceed();

        result.Lines.Should().Contain("told out=0.5 model=none");
        Directory.Exists(_work["small"]).Should().BeTrue();
    }

    [Fact]
    public void Prune_Set_ReachesThePlugins()
    {
        HostResult result = Run("prune", "--criterion", "clashes", "--no-verify", "--out", "small", "--set", "clashes.out=0.25", "--set", "clashes.model=some").ShouldSucceed();

        result.Lines.Should().Contain("told out=0.25 model=some");
    }

    [Fact]
    public void Doctor_SaysWhichAndHowToGiveThem()
    {
        HostResult doctor = Run("plugin", "doctor").ShouldSucceed();

        doctor.Output.Should().Contain(DiagnosticCodes.OptionTaken)
            .And.Contain("an option 'out'; --out is the host's own").And.Contain("Give it as --set clashes.out=VALUE.")
            .And.Contain("an option 'model'; --model is the host's own").And.MatchRegex(@"\d+ plugins, 0 with faults\.");
    }

    private HostResult Run(params string[] args) => _work.Run(["--plugins", _sandbox.Root, .. args]);
}
