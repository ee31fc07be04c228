using System.Diagnostics;
using System.Text;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Files that were cut short, overwritten or never good: the host must live, whatever the runtime would do with them.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("half")]
    [InlineData("last-page")]
    [InlineData("native")]
    public void Create_FromADamagedAssembly_IsADiagnosticAndNotADeath(string damage)
    {
        string dll = Path.Combine(_sandbox.Add("Good"), "Fixtures.Good.dll");
        byte[] bytes = File.ReadAllBytes(dll);
        File.WriteAllBytes(dll, damage switch
        {
            "garbage" => Encoding.UTF8.GetBytes(new string('x', 5000)),
            "empty" => [],
            "half" => bytes[..(bytes.Length / 2)],
            "last-page" => bytes[..^600],
            _ => File.ReadAllBytes(Environment.ProcessPath!),
        });

        PluginDiagnostic diagnostic = Fail("good-random");

        diagnostic.Code.Should().Be(DiagnosticCodes.EntryAssemblyCorrupt);
        diagnostic.PluginId.Should().Be("fixtures.good");
        diagnostic.Remedy.Should().Be("Install the plugin again.");
    }

    [Fact]
    public void Create_EveryTruncationOfAnAssembly_IsADiagnosticAndNotADeath()
    {
        string dll = Path.Combine(_sandbox.Add("Good"), "Fixtures.Good.dll");
        byte[] bytes = File.ReadAllBytes(dll);
        PluginEntry plugin = _sandbox.Catalog().Plugins.Single();
        for (int length = 0; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(dll, bytes[..length]);

            PluginPreflight.Check(plugin).Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.EntryAssemblyCorrupt, $"of {length} bytes");
        }
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[]")]
    [InlineData("{ }")]
    [InlineData("{ \"targets\": 7 }")]
    [InlineData("{ \"runtimeTarget\": \"t\" }")]
    [InlineData("{ \"runtimeTarget\": { \"name\": 7 }, \"targets\": { }, \"libraries\": { } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": { } } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": [] }, \"libraries\": { } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": { \"a/1\": 7 } }, \"libraries\": { } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": { \"a/1\": { \"runtime\": [] } } }, \"libraries\": { } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": { \"a/1\": { \"runtimeTargets\": { \"x\": { } } } } }, \"libraries\": { } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": { } }, \"libraries\": { \"a/1\": { } } }")]
    [InlineData("{ \"runtimeTarget\": \"t\", \"targets\": { \"t\": { } }, \"libraries\": { \"a/1\": { \"type\": \"package\", \"sha512\": 7 } } }")]
    public void Create_WithADamagedDependencyList_IsADiagnostic(string text)
    {
        File.WriteAllText(Path.Combine(_sandbox.Add("Good"), "Fixtures.Good.deps.json"), text);

        PluginDiagnostic diagnostic = Fail("good-random");

        diagnostic.Code.Should().Be(DiagnosticCodes.DependencyListCorrupt);
        diagnostic.Message.Should().Contain("Fixtures.Good.deps.json");
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("{ \"runtimeOptions\": 7 }")]
    public void Create_WithADamagedRuntimeConfiguration_Works(string text)
    {
        // The host's configuration is the one that counts.
        File.WriteAllText(Path.Combine(_sandbox.Add("Good"), "Fixtures.Good.runtimeconfig.json"), text);

        Create(_sandbox.Host(), "good-random").Diagnostics.Should().BeEmpty();
    }

    [UnixTheory]
    [InlineData("plugin.json", DiagnosticCodes.ManifestNotJson)]
    [InlineData("Fixtures.Good.deps.json", DiagnosticCodes.DependencyListCorrupt)]
    [InlineData("Fixtures.Good.dll", DiagnosticCodes.EntryAssemblyCorrupt)]
    public async Task Doctor_OfAPipe_SaysSoAndDoesNotWaitForIt(string file, string code)
    {
        MakePipe(Path.Combine(_sandbox.Add("Good"), file));

        PluginReport report = await Task.Run(() => PluginDoctor.Examine(_sandbox.Host()).Single()).WaitAsync(Patience);

        PluginDiagnostic diagnostic = report.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Code.Should().Be(code);
        diagnostic.Message.Should().Contain("a pipe or a device");
    }

    private static void MakePipe(string path)
    {
        File.Delete(path);
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        make.ExitCode.Should().Be(0);
    }

    private static PluginResult<IPruningCriterion> Create(PluginHost host, string name) =>
        host.Create<IPruningCriterion>(ContributionKind.Criterion, name, new Dictionary<string, string>(StringComparer.Ordinal));

    private PluginDiagnostic Fail(string name)
    {
        PluginResult<IPruningCriterion> result = Create(_sandbox.Host(), name);
        result.Service.Should().BeNull();
        return result.Diagnostics[0];
    }
}
