using System.Diagnostics;
using System.Globalization;
using PluginPrune.Host.Tests.Cli;
using PluginPrune.Host.Tests.Train;

namespace PluginPrune.Host.Tests.Run;

/// <summary>A recipe that is killed goes on, and comes to what it would have come to.</summary>
public sealed class KilledRecipeTests : IDisposable
{
    private const string Recipe =
        """
        model: tiny.cfg
        data: synthetic
        seeds: [1, 2]
        options: {threads: 1, count: 32, synthetic: {size: 64}, batch: 8, nominal-batch: 8}
        steps:
          - train: {from-scratch: true, epochs: 5, shared: true}
          - sparse: {epochs: 5, sparsity: 0.1}
          - prune: {criterion: slim, global-percent: 0.4, no-measure: true}
          - fine-tune: {epochs: 5}
        compare: {narrower: false}
        """;

    private readonly Workplace _work = new();

    public KilledRecipeTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [LibtorchInterruptFact]
    public void Interrupted_it_says_how_it_goes_on()
    {
        _work.Write("way.yaml", Recipe.Replace("epochs: 5, shared", "epochs: 5000, shared", StringComparison.Ordinal));
        using Process process = _work.Start("run", "way.yaml", "--out", "way");
        SpinWait.SpinUntil(() => process.HasExited || File.Exists(_work["way/recipe.json"]), TimeSpan.FromSeconds(50));

        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);

        Workplace.Finish(process).ShouldFail(130, "error: Interrupted. What is complete stays in */way: run the same recipe again, and it goes on from there.");
    }

    [LibtorchFact]
    public void Killed_in_the_midst_of_three_steps_it_ends_with_the_same_bytes()
    {
        _work.Write("way.yaml", Recipe);
        _work.Run("run", "way.yaml", "--out", "whole").ShouldSucceed();
        int kills = 0;
        foreach (string step in new[] { "1-train", "seed-1/2-sparse", "seed-2/4-fine-tune" })
        {
            using Process process = _work.Start("run", "way.yaml", "--out", "killed");
            SpinWait.SpinUntil(() => process.HasExited || Epochs($"killed/{step}") >= 2, TimeSpan.FromSeconds(50));
            if (!process.HasExited)
            {
                process.Kill();
                kills++;
            }

            process.WaitForExit();
            Epochs($"killed/{step}").Should().BeGreaterThanOrEqualTo(2);
        }

        kills.Should().BePositive("otherwise nothing was tried");

        HostResult last = _work.Run("run", "way.yaml", "--out", "killed").ShouldSucceed();

        last.Lines.Should().Contain("Step 1 of 7, 1-train: done before.");
        foreach (string step in new[] { "1-train", "seed-1/4-fine-tune", "seed-2/4-fine-tune" })
        {
            File.ReadAllBytes(_work[$"killed/{step}/last.weights"]).Should().Equal(File.ReadAllBytes(_work[$"whole/{step}/last.weights"]), "of {0}", step);
        }
    }

    private int Epochs(string folder) => File.Exists(_work[$"{folder}/results.csv"]) ? File.ReadLines(_work[$"{folder}/results.csv"]).Count() - 1 : 0;
}
