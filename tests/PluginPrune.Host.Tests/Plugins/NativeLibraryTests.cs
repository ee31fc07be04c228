using System.Runtime.InteropServices;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>A library of the runtime's own serves as the plugin's, under another name.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private static readonly string Library = Directory.EnumerateFiles(RuntimeEnvironment.GetRuntimeDirectory(), "*System.IO.Compression.Native*").First(file => Path.GetExtension(file) != ".a");

    private readonly PluginSandbox _sandbox = new();
    private readonly string _folder;

    public NativeLibraryTests() => _folder = _sandbox.AddEvil("NeedsNative", "native");

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("", "libfixture_native")]
    [InlineData("", "fixture_native")]
    [InlineData("runtimes/RID/native", "libfixture_native")]
    public void ALibraryInTheFolderThatNoListNames_IsFound(string place, string name)
    {
        string folder = Path.Combine(_folder, place.Replace("RID", RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal));
        Directory.CreateDirectory(folder);
        File.Copy(Library, Path.Combine(folder, name + Path.GetExtension(Library)));

        Create().Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void ALibraryThatIsALinkToTheOutside_IsRefused()
    {
        string name = "libfixture_native" + Path.GetExtension(Library);
        File.Copy(Library, Path.Combine(_sandbox.Outside, name));
        File.CreateSymbolicLink(Path.Combine(_folder, name), Path.Combine(_sandbox.Outside, name));

        Create().Diagnostics.Single().Code.Should().Be(DiagnosticCodes.OutsideFolder);
    }

    [Fact]
    public void ALibraryThatTheListNamesOutside_IsRefused()
    {
        string name = "libfixture_native" + Path.GetExtension(Library);
        File.Copy(Library, Path.Combine(_sandbox.Outside, name));
        string target = $"../../outside/{name}";
        string rid = RuntimeInformation.RuntimeIdentifier;
        File.WriteAllText(Path.Combine(_folder, "Fixtures.Evil.deps.json"), $$$"""
            {
              "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0", "signature": "" },
              "targets": { ".NETCoreApp,Version=v10.0": {
                "Fixtures.Evil/0.1.0": {
                  "runtime": { "Fixtures.Evil.dll": {} } },
                "Native/1.0.0": {
                  "runtimeTargets": { "{{{target}}}": { "rid": "{{{rid}}}", "assetType": "native", "fileVersion": "0.0.0.0" } } } } },
              "libraries": {
                "Fixtures.Evil/0.1.0": { "type": "project", "serviceable": false, "sha512": "" },
                "Native/1.0.0": { "type": "package", "serviceable": false, "sha512": "", "path": "native/1.0.0", "hashPath": "" } }
            }
            """);

        PluginDiagnostic diagnostic = Create().Diagnostics.Single();

        diagnostic.Code.Should().Be(DiagnosticCodes.OutsideFolder);
        diagnostic.PluginId.Should().Be("fixtures.evil");
    }

    private PluginResult<IPruningCriterion> Create() =>
        _sandbox.Host().Create<IPruningCriterion>(ContributionKind.Criterion, "native", new Dictionary<string, string>(StringComparer.Ordinal));
}
