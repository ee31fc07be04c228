using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class PluginRootsTests
{
    [Fact]
    public void Of_AllSources_ComeInTheirOrder()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PLUGINPRUNE_PLUGINS"] = string.Join(Path.PathSeparator, "/env/a", "/env/b"),
            ["XDG_DATA_HOME"] = "/xdg",
        };

        PluginRoots roots = PluginRoots.Of(["/cli/one", "/cli/two"], variables.GetValueOrDefault, "/home/me/.local/share", "/opt/host");

        roots.Roots.Should().Equal(
            new PluginRoot("/cli/one", PluginRootKind.CommandLine),
            new PluginRoot("/cli/two", PluginRootKind.CommandLine),
            new PluginRoot("/env/a", PluginRootKind.Environment),
            new PluginRoot("/env/b", PluginRootKind.Environment),
            new PluginRoot("/xdg/pluginprune/plugins", PluginRootKind.User),
            new PluginRoot("/opt/host/plugins", PluginRootKind.Bundled));
    }

    [Fact]
    public void Of_NoVariables_UsesTheUsersFolderAndTheHosts()
    {
        PluginRoots roots = PluginRoots.Of([], _ => null, "/home/me/.local/share", "/opt/host/");

        roots.Roots.Select(root => root.Path).Should().Equal("/home/me/.local/share/pluginprune/plugins", "/opt/host/plugins");
        roots.Diagnostics.Should().BeEmpty();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("plugins")]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("./plugins::.")]
    [InlineData("..")]
    public void Of_RelativePathsInVariables_AreNeverTheCurrentFolder(string value)
    {
        PluginRoots roots = PluginRoots.Of([], name => value, "share", "/opt/host");

        roots.Roots.Should().Equal(new PluginRoot("/opt/host/plugins", PluginRootKind.Bundled));
        int named = value.Split(':', StringSplitOptions.RemoveEmptyEntries).Length;
        roots.Diagnostics.Select(diagnostic => diagnostic.Code).Should().Equal(Enumerable.Repeat(DiagnosticCodes.RootUnusable, named));
    }

    [Fact]
    public void Default_NobodyNamedTheCurrentFolder_ItIsNotARoot()
    {
        string current = Directory.GetCurrentDirectory();

        PluginRoots roots = PluginRoots.Default([]);

        roots.Roots.Select(root => root.Path).Should().NotContain([current, Path.Combine(current, "..")]);
        roots.Roots[^1].Should().Be(new PluginRoot(Path.Combine(AppContext.BaseDirectory, "plugins"), PluginRootKind.Bundled));
    }

    [Fact]
    public void Of_AFolderOfTheCommandLineThatIsNotThere_IsAWarning()
    {
        PluginRoots roots = PluginRoots.Of(["/nowhere/at/all"], _ => null, "/share", "/opt/host");

        PluginDiagnostic diagnostic = roots.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Code.Should().Be(DiagnosticCodes.RootUnusable);
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Warning);
        diagnostic.Message.Should().Contain("/nowhere/at/all");
    }
}
