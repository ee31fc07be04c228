using System.Diagnostics;
using System.Text;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>The build's own tool, run as the build runs it, on plugins whose authors have something to change.</summary>
public sealed class ManifestToolTests : IDisposable
{
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "tools", "PluginPrune.Manifest", "PluginPrune.Manifest.dll");

    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void TheTool_OnAGoodPlugin_WritesTheSameBytesAsTheBuild()
    {
        string folder = _sandbox.Add("Good");
        byte[] built = File.ReadAllBytes(Path.Combine(folder, "plugin.json"));
        File.Delete(Path.Combine(folder, "plugin.json"));

        Run(folder, "Fixtures.Good.dll").Should().Be((0, string.Empty));

        File.ReadAllBytes(Path.Combine(folder, "plugin.json")).Should().Equal(built);
        Directory.EnumerateFiles(folder, "*.part").Should().BeEmpty();
    }

    [Theory]
    [InlineData("fixtures.good", "Fixtures.good", false, "error PPM010", "'Fixtures.good'")]
    [InlineData("fixtures.good", "fixtures-good", false, "error PPM010", "publisher.name")]
    [InlineData("good-random", "good_random", true, "error PPM013", "'good_random'")]
    [InlineData("good-omega", "good-alpha", true, "error PPM014", "'good-alpha' is registered twice")]
    [InlineData("Keeps early blocks", "                  ", true, "error PPM015", "'good-last' has no summary")]
    [InlineData(".good", "-good", true, "error PPM016", "'good-text'")]
    [InlineData("global_percent", "global percent", false, "error PPM019", "--global-percent")]
    public void TheTool_OnAFaultOfTheAuthor_IsABuildError(string found, string replacement, bool isLiteral, string code, string message)
    {
        // Literals are UTF-16 in an assembly, the texts of attributes UTF-8: of one length they can be exchanged in place.
        string folder = _sandbox.Add("Good");
        Patch(Path.Combine(folder, "Fixtures.Good.dll"), found, replacement, isLiteral ? Encoding.Unicode : Encoding.UTF8);
        File.Delete(Path.Combine(folder, "plugin.json"));

        (int exit, string error) = Run(folder, "Fixtures.Good.dll");

        exit.Should().Be(1);
        error.Should().Contain($"Fixtures.Good.dll : {code}: ").And.Contain(message);
        File.Exists(Path.Combine(folder, "plugin.json")).Should().BeFalse();
    }

    [Theory]
    [InlineData("Good", "Fixtures.Library.dll", "error PPM001", "found none")]
    [InlineData("Evil", "Fixtures.Evil.dll", "error PPM003", "Fixtures.Evil.NeedsArgument has no public constructor without parameters")]
    [InlineData("BadOptions", "Fixtures.BadOptions.dll", "error PPM017", "Patience is a System.TimeSpan")]
    [InlineData("Good", "Fixtures.Good.deps.json", "error PPM099", "BadImageFormatException")]
    public void TheTool_OnWhatIsNoPlugin_IsABuildError(string fixture, string assembly, string code, string message)
    {
        (int exit, string error) = Run(_sandbox.Add(fixture), assembly);

        exit.Should().Be(1);
        error.Should().Contain(code).And.Contain(message);
        error.TrimEnd().Should().NotContain("\n");
    }

    private static void Patch(string file, string found, string replacement, Encoding encoding)
    {
        byte[] bytes = File.ReadAllBytes(file);
        byte[] from = encoding.GetBytes(found);
        byte[] to = encoding.GetBytes(replacement);
        to.Should().HaveSameCount(from);
        int count = 0;
        for (int at = bytes.AsSpan().IndexOf(from); at >= 0; at = bytes.AsSpan().IndexOf(from))
        {
            to.CopyTo(bytes, at);
            count++;
        }

        count.Should().BePositive();
        File.WriteAllBytes(file, bytes);
    }

    private static (int Exit, string Error) Run(string folder, string assembly)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in new[] { "exec", Tool, Path.Combine(folder, assembly), Path.Combine(folder, "plugin.json") })
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
