using System.Diagnostics;
using System.Text.Json;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>A whole recipe that is killed at moments of chance; tests/nightly/kills.sh does it 50 times.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 3;

    private const string Recipe =
        """
        model: tiny.cfg
        data: synthetic
        options: {threads: 1, seed: 3, count: 16, synthetic: {size: 64}}
        steps:
          - train: {from-scratch: true, epochs: 4, batch: 8, nominal-batch: 8, evaluate-every: 4}
          - sparse: {epochs: 4, batch: 8, nominal-batch: 8, scheduler: proximal, sparsity: 1, evaluate-every: 4}
          - prune: {criterion: slim, global-percent: 0.4, no-measure: true}
          - export: {to: onnx}
        """;

    private readonly Workplace _work = new();

    public KillTests()
    {
        _work.Write("tiny.cfg", TinyDetector.Cfg);
        _work.Write("way.yaml", Recipe);
    }

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void What_a_killed_recipe_has_written_is_whole_and_the_rest_comes_bit_by_bit()
    {
        long start = Stopwatch.GetTimestamp();
        _work.Run("run", "way.yaml", "--out", "whole").ShouldSucceed();
        double whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var random = new Random(5);
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = _work.Start("run", "way.yaml", "--out", "killed");
            if (!process.WaitForExit(TimeSpan.FromSeconds((0.1 + (0.4 * random.NextDouble())) * whole)))
            {
                process.Kill();
                process.WaitForExit();
            }

            CheckFiles();
        }

        _work.Run("run", "way.yaml", "--out", "killed").ShouldSucceed();

        string[] made = [.. Made("whole")];
        made.Should().Contain(static name => name.EndsWith(".onnx", StringComparison.Ordinal));
        Made("killed").Should().Equal(made);
        foreach (string name in made)
        {
            File.ReadAllBytes(_work[$"killed/{name}"]).Should().Equal(File.ReadAllBytes(_work[$"whole/{name}"]), name);
        }
    }

    private void CheckFiles()
    {
        foreach (string name in Files("killed"))
        {
            string path = _work[$"killed/{name}"];
            switch (Path.GetExtension(name))
            {
                case ".weights":
                    _work.Run("inspect", "--model", Path.ChangeExtension(path, ".cfg")).ShouldSucceed();
                    break;
                case ".csv":
                    File.ReadAllText(path).Should().EndWith("\n");
                    File.ReadLines(path).Select(static line => line.Count(static letter => letter == ',')).Distinct().Should().ContainSingle(name);
                    break;
                case ".json":
                    JsonDocument.Parse(File.ReadAllText(path)).Dispose();
                    break;
            }
        }
    }

    private IEnumerable<string> Made(string folder) => Files(folder).Where(static name => Path.GetExtension(name) is ".cfg" or ".weights" or ".onnx");

    // What the host writes under a temporary name bears no real one yet.
    private IEnumerable<string> Files(string folder) => Directory.Exists(_work[folder])
        ? Directory.EnumerateFiles(_work[folder], "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_work[folder], path))
            .Where(static name => !Path.GetFileName(name).StartsWith(".pluginprune-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
        : [];
}
