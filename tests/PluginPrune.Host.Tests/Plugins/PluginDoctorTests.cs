using System.Collections.Immutable;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class PluginDoctorTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Examine_OneOfEach_ReportsEachInItsState()
    {
        _sandbox.Add("Good", "a-good");
        _sandbox.Add("Good", "b-older", manifest => manifest["version"] = "0.0.1");
        _sandbox.Add("Good", "c-twice");
        _sandbox.Add("Newer", "d-newer");
        _sandbox.Add("Good", "e-invalid", manifest => manifest.Remove("entry"));
        _sandbox.Add("Newer", "f-lies", manifest =>
        {
            manifest["contracts"] = "0.1";
            manifest["id"] = "fixtures.liar";
        });
        _sandbox.AddEvil("ThrowsInRegister", "evil");
        _sandbox.Add("OwnCopy", "g-own");

        ImmutableArray<PluginReport> reports = PluginDoctor.Examine(_sandbox.Host());

        reports.Select(report => (Path.GetFileName(report.Plugin.Folder), report.State, report.Diagnostics.FirstOrDefault()?.Code)).Should().Equal(
            ("a-good", PluginState.Ok, DiagnosticCodes.SamePluginTwice),
            ("b-older", PluginState.Superseded, DiagnosticCodes.Superseded),
            ("c-twice", PluginState.Conflicting, DiagnosticCodes.SamePluginTwice),
            ("d-newer", PluginState.Incompatible, DiagnosticCodes.ContractsRange),
            ("e-invalid", PluginState.Invalid, DiagnosticCodes.ManifestKeyMissing),
            ("evil-ThrowsInRegister", PluginState.Failed, DiagnosticCodes.RegisterThrew),
            ("f-lies", PluginState.Incompatible, DiagnosticCodes.ContractsReference),
            ("g-own", PluginState.Ok, DiagnosticCodes.OwnContracts));
        reports.Select(report => report.LoadTime is not null).Should().Equal(true, false, false, false, false, true, true, true);
        reports.SelectMany(report => report.Diagnostics).Should().OnlyContain(diagnostic => diagnostic.Remedy.Length > 0 && diagnostic.Message.Length > 0);
    }

    [Fact]
    public void Examine_TwoPluginsWithOneName_ReportsBothAsConflicting()
    {
        _sandbox.Add("Good");
        _sandbox.Add("Good", "twin", manifest => manifest["id"] = "fixtures.twin");

        ImmutableArray<PluginReport> reports = PluginDoctor.Examine(_sandbox.Host());

        reports.Select(report => report.State).Should().Equal(PluginState.Conflicting, PluginState.Conflicting);
        reports[0].Diagnostics.Should().HaveCount(5).And.OnlyContain(diagnostic => diagnostic.Code == DiagnosticCodes.NameConflict && diagnostic.Severity == DiagnosticSeverity.Warning);
        reports[1].Diagnostics[0].PluginId.Should().Be("fixtures.twin");
    }

    [Fact]
    public void Examine_NoPlugins_ReportsNothing() => PluginDoctor.Examine(_sandbox.Host()).Should().BeEmpty();
}
