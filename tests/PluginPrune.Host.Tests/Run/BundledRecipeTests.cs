using System.Reflection;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Run;

/// <summary>The recipes of cfg/recipes: every step's options are understood, whether or not the data are there.</summary>
public sealed class BundledRecipeTests : IDisposable
{
    private static readonly string Folder = typeof(BundledRecipeTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Recipes").Value!;

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    public static TheoryData<string> Names()
    {
        var names = new TheoryData<string>();
        foreach (string path in Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            names.Add(Path.GetFileName(path));
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bundled_recipe_can_be_run(string name)
    {
        HostResult result = _work.Run("run", Path.Combine(Folder, name), "--out", "way", "--dry-run").ShouldSucceed();

        result.Output.Split('\n').Count(static line => line.StartsWith("host ", StringComparison.Ordinal)).Should().BeGreaterThanOrEqualTo(3);
        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_slip_in_one_of_them_would_be_told()
    {
        string text = File.ReadAllText(Path.Combine(Folder, "yolov3-spp.yaml"));
        string slip = _work.Write("slip.yaml", text.Replace("global-percent:", "global-precent:", StringComparison.Ordinal));
        int line = Array.FindIndex(text.Split('\n'), static one => one.Contains("global-percent:", StringComparison.Ordinal)) + 1;

        _work.Run("run", slip, "--dry-run").ShouldFail(2, $"error: *slip.yaml, line {line}: step 'prune': 'host prune' has no option '--global-precent'.*");
    }

    [Fact]
    public void What_is_missing_is_told_before_anything_is_run()
    {
        string recipe = _work.Write("way.yaml", File.ReadAllText(Path.Combine(Folder, "iterative.yaml")));
        int Line(string start) => Array.FindIndex(File.ReadAllLines(recipe), line => line.StartsWith(start, StringComparison.Ordinal)) + 1;

        _work.Run("run", recipe).ShouldFail(2, $"error: *way.yaml, line {Line("model:")}: model names *yolov3.cfg, which does not exist.");
        _work.Write("yolov3.cfg", Train.TinyDetector.Cfg);
        _work.Run("run", recipe).ShouldFail(2, "error: *way.yaml*: weights names *yolov3.weights, which does not exist.");
        _work.Write("yolov3.weights", "none");
        _work.Run("run", recipe).ShouldFail(2, $"error: *way.yaml, line {Line("data:")}: *my.yaml*");
    }
}
