using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>What lies inside a plugin's folder, asked through the whole of discovery and preflight.</summary>
public sealed class PluginFolderTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void AnEntryAssemblyThatIsALinkToTheOutside_IsRefused()
    {
        string folder = _sandbox.Add("Good");
        string dll = Path.Combine(folder, "Fixtures.Good.dll");
        string elsewhere = Path.Combine(_sandbox.Outside, "Fixtures.Good.dll");
        File.Move(dll, elsewhere);
        File.CreateSymbolicLink(dll, elsewhere);

        PluginDiagnostic diagnostic = Refusal();

        diagnostic.Code.Should().Be(DiagnosticCodes.OutsideFolder);
        diagnostic.PluginId.Should().Be("fixtures.good");
        diagnostic.Message.Should().Contain(elsewhere);
    }

    [Fact]
    public void ADependencyThatIsALinkToTheOutside_IsRefusedWhenItIsNeeded()
    {
        string folder = _sandbox.AddEvil("NeedsLibrary", "any");
        string elsewhere = Path.Combine(_sandbox.Outside, "Fixtures.Library.dll");
        File.Copy(Path.Combine(PluginSandbox.Fixture("Good"), "Fixtures.Library.dll"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(folder, "Fixtures.Library.dll"), elsewhere);

        // Without a list of dependencies every dll in the folder is one.
        File.Delete(Path.Combine(folder, "Fixtures.Evil.deps.json"));

        Refusal().Code.Should().Be(DiagnosticCodes.OutsideFolder);
    }

    [Fact]
    public void AnEntryAssemblyThatIsALinkInside_IsLoaded()
    {
        string folder = _sandbox.Add("Good");
        string dll = Path.Combine(folder, "Fixtures.Good.dll");
        Directory.CreateDirectory(Path.Combine(folder, "lib"));
        foreach (string file in Directory.GetFiles(folder).Where(file => Path.GetExtension(file) != ".json" || file.EndsWith("deps.json", StringComparison.Ordinal)))
        {
            File.Move(file, Path.Combine(folder, "lib", Path.GetFileName(file)));
        }

        File.CreateSymbolicLink(dll, Path.Combine("lib", "Fixtures.Good.dll"));

        _sandbox.Host().Activate(_sandbox.Catalog().Plugins.Single()).Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void ADependencyListThatIsALinkToTheOutside_IsRefused()
    {
        string folder = _sandbox.Add("Good");
        string list = Path.Combine(folder, "Fixtures.Good.deps.json");
        File.Move(list, Path.Combine(_sandbox.Outside, "any.json"));
        File.CreateSymbolicLink(list, Path.Combine(_sandbox.Outside, "any.json"));

        Refusal().Code.Should().Be(DiagnosticCodes.OutsideFolder);
    }

    [Fact]
    public void AManifestThatIsALinkToTheOutside_IsRefused()
    {
        string folder = _sandbox.Add("Good");
        string manifest = Path.Combine(folder, "plugin.json");
        File.Move(manifest, Path.Combine(_sandbox.Outside, "plugin.json"));
        File.CreateSymbolicLink(manifest, Path.Combine(_sandbox.Outside, "plugin.json"));

        PluginEntry plugin = _sandbox.Catalog().Plugins.Single();

        plugin.State.Should().Be(PluginState.Invalid);
        plugin.Diagnostics.Single().Code.Should().Be(DiagnosticCodes.OutsideFolder);
    }

    [Fact]
    public void AFolderWhoseNameBeginsWithThePlugins_IsOutside()
    {
        string folder = _sandbox.Add("Good", "plug");
        string evil = Directory.CreateDirectory(Path.Combine(_sandbox.Root, "plug-evil")).FullName;
        string dll = Path.Combine(folder, "Fixtures.Good.dll");
        File.Move(dll, Path.Combine(evil, "Fixtures.Good.dll"));
        File.CreateSymbolicLink(dll, Path.Combine(evil, "Fixtures.Good.dll"));

        Refusal().Code.Should().Be(DiagnosticCodes.OutsideFolder);
    }

    [Fact]
    public void AFolderThatIsItselfALink_IsAPluginWhereItReallyLies()
    {
        string folder = _sandbox.Add("Good");
        string real = Path.Combine(_sandbox.Outside, "good");
        Directory.Move(folder, real);
        Directory.CreateSymbolicLink(folder, real);

        PluginEntry plugin = _sandbox.Catalog().Plugins.Single();

        plugin.Folder.Should().EndWith(Path.Combine("outside", "good"));
        _sandbox.Host().Activate(plugin).Diagnostics.Should().BeEmpty();
    }

    [Fact]
    public void LinksThatGoInACircle_DoNotStopTheHost()
    {
        _sandbox.Add("Good");
        File.CreateSymbolicLink(Path.Combine(_sandbox.Root, "a"), Path.Combine(_sandbox.Root, "b"));
        File.CreateSymbolicLink(Path.Combine(_sandbox.Root, "b"), Path.Combine(_sandbox.Root, "a"));

        _sandbox.Catalog().Usable.Should().ContainSingle();
    }

    private PluginDiagnostic Refusal()
    {
        PluginHost host = _sandbox.Host();
        PluginActivation activation = host.Activate(host.Catalog.Plugins.Single());
        activation.Plugin.Should().BeNull();
        return activation.Diagnostics.Should().ContainSingle().Subject;
    }
}
