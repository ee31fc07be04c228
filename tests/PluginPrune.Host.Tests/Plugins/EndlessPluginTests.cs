using System.Diagnostics;
using System.Globalization;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Plugins that do not come back, and threads that they leave behind.</summary>
public sealed class EndlessPluginTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();
    private readonly Workplace _work = new();

    public void Dispose()
    {
        _sandbox.Dispose();
        _work.Dispose();
    }

    [UnixTheory]
    [InlineData("NeverReturns", "never-returns", "error: Interrupted. Nothing was written.")]
    [InlineData("SpinsForever", "spins-forever", "error: Interrupted. Nothing was written.")]
    [InlineData("NeverRegisters", "never-registers", "error: Interrupted. What was running did not stop and was ended.")]
    public void Interrupt_WhileAPluginDoesNotListen_EndsTheHostAndLeavesNothing(string entryType, string criterion, string message)
    {
        _sandbox.AddEvil(entryType, criterion);
        using Process process = _work.Start("--plugins", _sandbox.Root, "prune", "--criterion", criterion, "--no-verify", "--out", "small");
        process.StandardError.ReadLine().Should().Be("deciding");

        long asked = Stopwatch.GetTimestamp();
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        process.WaitForExit(TimeSpan.FromSeconds(30)).Should().BeTrue();
        Stopwatch.GetElapsedTime(asked).Should().BeLessThan(TimeSpan.FromSeconds(4));
        process.ExitCode.Should().Be(130);
        process.StandardError.ReadToEnd().TrimEnd().Should().Be(message);
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Doctor_ACriterionThatDoesNotEnd_IsLeftBehind()
    {
        _sandbox.AddEvil("NeverReturns", "never-returns");

        HostResult doctor = _work.Run("--plugins", _sandbox.Root, "plugin", "doctor");

        doctor.ExitCode.Should().Be(3);
        doctor.Output.Should().Contain(DiagnosticCodes.DoesNotEnd).And.Contain("did not end within 5 seconds").And.MatchRegex(@"\d+ plugins, 1 with faults\.");
    }

    [Fact]
    public void Prune_ByAPluginThatLeavesAThreadRunning_EndsAllTheSame()
    {
        _sandbox.AddEvil("LeavesThread", "leaves-thread");

        _work.Run("--plugins", _sandbox.Root, "prune", "--criterion", "leaves-thread", "--no-verify", "--out", "small").ShouldSucceed();
    }
}
