using System.Text.Json.Nodes;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>Every plugin has its own dependencies, whatever versions the host or others have.</summary>
public sealed class OwnDependencyTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();
    private readonly Workplace _work = new();

    public void Dispose()
    {
        _sandbox.Dispose();
        _work.Dispose();
    }

    [Fact]
    public void Decide_TwoPluginsWithTwoVersionsOfOneLibrary_EachUsesItsOwn()
    {
        _sandbox.Add("Good");
        _sandbox.Add("Second");
        PluginHost host = _sandbox.Host();

        Scores(host, "good-random").Should().OnlyContain(static score => score < 1);
        Scores(host, "second-alone").Should().Equal(6, 7, 8, 9);
        host.Catalog.Plugins.Select(plugin => host.Activate(plugin).Plugin!.Context.Assemblies.Single(static assembly => assembly.GetName().Name == "Fixtures.Library").GetName().Version)
            .Should().Equal(new Version(0, 1, 0, 0), new Version(2, 0, 0, 0));
    }

    [Fact]
    public void Prune_WithBothVersionsInOneRun_Works()
    {
        _sandbox.Add("Good");
        _sandbox.Add("Second");

        // It throws where it does not find both versions in the process.
        Prune("second-pair").ShouldSucceed();
    }

    [Fact]
    public void Prune_WithItsOwnCopyOfALibraryOfTheHosts_UsesIt()
    {
        _sandbox.Add("Borrower");

        // What it calls is in its own version alone.
        Prune("borrower").ShouldSucceed();
    }

    [Fact]
    public void Prune_WithoutItsCopyAndWithoutAList_IsStillNotLentTheHosts()
    {
        string folder = _sandbox.Add("Borrower");
        File.Delete(Path.Combine(folder, "Spectre.Console.dll"));
        File.Delete(Path.Combine(folder, "Fixtures.Borrower.deps.json"));

        Prune("borrower").ShouldFail(3, "error: PP0303 fixtures.borrower: *needs Spectre.Console, which is not in its folder*");
    }

    [GccTheory]
    [InlineData("", false)]
    [InlineData("runtimes/RID/native", false)]
    [InlineData("assets/deep", true)]
    public void Prune_WithALibraryInC_CallsIt(string place, bool isListed)
    {
        string folder = _sandbox.Add("Native");
        string target = Path.Combine(place.Replace("RID", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, StringComparison.Ordinal), "libfixture_answer.so");
        GccTheoryAttribute.Compile(Path.Combine(folder, "answer.c"), Path.Combine(folder, target), answer: 42);
        if (isListed)
        {
            List(Path.Combine(folder, "Fixtures.Native.deps.json"), target);
        }

        Prune("native-answer").ShouldSucceed();
        Scores(_sandbox.Host(), "native-answer").Should().Equal(42, 43, 44, 45);
    }

    [GccTheory]
    [InlineData("assets/deep")]
    public void Prune_WithALibraryWhereNobodyLooks_IsRefused(string place)
    {
        string folder = _sandbox.Add("Native");
        GccTheoryAttribute.Compile(Path.Combine(folder, "answer.c"), Path.Combine(folder, place, "libfixture_answer.so"), answer: 42);

        Prune("native-answer").ShouldFail(3, "error: PP0307 fixtures.native: *fixture_answer*");
    }

    [GccTheory]
    [InlineData(7, 1000)]
    public void Decide_TwoPluginsWithTwoLibrariesOfOneName_EachCallsItsOwn(int first, int second)
    {
        foreach (int answer in new[] { first, second })
        {
            string id = $"fixtures.native{answer}";
            string folder = _sandbox.Add("Native", id, manifest => manifest["id"] = id);
            GccTheoryAttribute.Compile(Path.Combine(folder, "answer.c"), Path.Combine(folder, "libfixture_answer.so"), answer);
        }

        PluginHost host = _sandbox.Host();

        Scores(host, $"fixtures.native{first}/native-answer")[0].Should().Be(first);
        Scores(host, $"fixtures.native{second}/native-answer")[0].Should().Be(second);
    }

    private static double[] Scores(PluginHost host, string name) =>
        host.Create<IPruningCriterion>(ContributionKind.Criterion, name, new Dictionary<string, string>(StringComparer.Ordinal)).GetOrThrow()
            .Decide(TestNetwork.Context(), CancellationToken.None).Scores[0].Values;

    private static void List(string file, string asset)
    {
        JsonObject list = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        list["targets"]!.AsObject().Single().Value!["Answer/1.0.0"] = new JsonObject
        {
            ["runtimeTargets"] = new JsonObject
            {
                [asset] = new JsonObject { ["rid"] = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, ["assetType"] = "native", ["fileVersion"] = "0.0.0.0" },
            },
        };
        list["libraries"]!["Answer/1.0.0"] = new JsonObject { ["type"] = "package", ["serviceable"] = false, ["sha512"] = string.Empty, ["path"] = "answer/1.0.0", ["hashPath"] = string.Empty };
        File.WriteAllText(file, list.ToJsonString());
    }

    private HostResult Prune(string criterion) => _work.Run("--plugins", _sandbox.Root, "prune", "--criterion", criterion, "--no-verify", "--dry-run");
}
