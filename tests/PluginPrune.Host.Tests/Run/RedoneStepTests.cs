using PluginPrune.Core.Files;
using PluginPrune.Host.Tests.Cli;
using PluginPrune.Host.Tests.Train;

namespace PluginPrune.Host.Tests.Run;

/// <summary>What has changed is done again when that is asked for, with all that builds on it and nothing else.</summary>
public sealed class RedoneStepTests : IDisposable
{
    private const string Recipe =
        """
        model: tiny.cfg
        data: synthetic
        options: {threads: 1, count: 16, synthetic: {size: 64}, batch: 8, nominal-batch: 8}
        steps:
          - train: {from-scratch: true, epochs: 1}
          - prune: {criterion: slim, global-percent: 0.4, no-measure: true, no-verify: true}
          - fine-tune: {epochs: 1}
        compare: {narrower: false}
        """;

    private readonly Workplace _work = new();

    public RedoneStepTests()
    {
        _work.Write("tiny.cfg", TinyDetector.Cfg);
        _work.Write("way.yaml", Recipe);
    }

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void A_changed_network_and_changed_data_and_another_version_of_a_plugin_are_seen()
    {
        Run().ShouldSucceed();
        Done(Run()).Should().Be(3);

        // A comment changes the file and nothing else; the file is what was asked for.
        _work.Write("tiny.cfg", "# mine\n" + TinyDetector.Cfg);
        Run().ShouldFail(2, "error: Step 1 of 3, 1-train, was done otherwise: the network that it begins with has changed. Do it again*--force*");
        _work.Write("tiny.cfg", TinyDetector.Cfg);
        Done(Run()).Should().Be(3, "it is again what it was");

        _work.Write("way.yaml", Recipe.Replace("count: 16", "count: 17", StringComparison.Ordinal));
        Run().ShouldFail(2, "error: Step 1 of 3, 1-train, was done otherwise: --count is 17, was 16; the data set has changed.*");
        _work.Write("way.yaml", Recipe.Replace("threads: 1", "threads: 2", StringComparison.Ordinal));
        Done(Run()).Should().Be(3, "threads say how it is run, not what");

        _work.Write("way.yaml", Recipe);
        string newer = Path.Combine(_work.Folder, "plugins");
        HostInstallation.Copy(HostInstallation.BuiltIn("CriterionBn"), Path.Combine(newer, "criterion-bn"));
        string manifest = Path.Combine(newer, "criterion-bn", "plugin.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"version\": \"0.1.0\"", "\"version\": \"0.1.1\"", StringComparison.Ordinal));
        Run("--plugins", "plugins").ShouldFail(2, "error: Step 2 of 3, 2-prune, was done otherwise: the version of pluginprune.criterion-bn is 0.1.1, was 0.1.0.*");
        HostResult redone = Run("--plugins", "plugins", "--force").ShouldSucceed();
        Done(redone).Should().Be(2, "the new version comes to the same network, and what builds on it is as it was");
        redone.Lines.Should().Contain("Step 2 of 3, 2-prune: it is done again: the version of pluginprune.criterion-bn is 0.1.1, was 0.1.0.");
    }

    [LibtorchFact]
    public void Steps_before_the_one_named_are_taken_as_they_are()
    {
        Run().ShouldSucceed();
        _work.Write("tiny.cfg", "# mine\n" + TinyDetector.Cfg);

        HostResult again = Run("--from=prune").ShouldSucceed();

        Done(again).Should().Be(1);
        again.Lines.Should().Contain("Step 3 of 3, 3-fine-tune: it is done again: --from asks for it.");
        Done(Run()).Should().Be(3, "what was taken as it is counts as done that way");
        Run("--from", "sparse").ShouldFail(2, "error: --from names 'sparse', and the recipe has no such step; it has train, prune, fine-tune.");
        File.Delete(_work["way/1-train/last.cfg"]);
        Run("--from=prune").ShouldFail(2, "error: --from prune takes the steps before it as they are, and '1-train' is not done.*");
    }

    [LibtorchFact]
    public void What_was_deleted_is_made_again_and_what_builds_on_it_only_if_it_comes_out_otherwise()
    {
        Run().ShouldSucceed();
        File.Delete(_work["way/2-prune/last.weights"]);
        File.Delete(_work["way/2-prune/last.cfg"]);
        Run("--dry-run").ShouldSucceed().Output.Should().ContainAll("# 1-train: done", "# 2-prune: to be done again: its result is not there any more", "# 3-fine-tune: to be done again: 2-prune is done before it");

        HostResult again = Run().ShouldSucceed();

        Done(again).Should().Be(2);
        again.Lines.Should().Contain("Step 2 of 3, 2-prune: it is done again: its result is not there any more.").And.Contain("Step 3 of 3, 3-fine-tune: done before.");
    }

    [Fact]
    public void Files_that_no_run_made_are_not_overwritten_unasked()
    {
        _work.Write("way.yaml", "model: sample-tiny\nsteps:\n  - prune: {criterion: slim, global-percent: 0.3, no-measure: true, no-verify: true}\ncompare: {narrower: false}\n");
        Directory.CreateDirectory(_work["way/1-prune"]);
        _work.Write("way/1-prune/sample-tiny.cfg", "mine");

        Run().ShouldFail(2, "error: Step 1 of 1, 1-prune, would write to */way/1-prune: its folder holds files, and recipe.json knows nothing of them. Replace them with --force*");

        File.ReadAllText(_work["way/1-prune/sample-tiny.cfg"]).Should().Be("mine");
        _work.Entries.Should().NotContain("way/recipe.json");
        Run("--force").ShouldSucceed();
        File.ReadAllText(_work["way/1-prune/sample-tiny.cfg"]).Should().Contain("[net]");
    }

    [LibtorchFact]
    public void A_training_that_another_host_is_at_loses_nothing()
    {
        Run().ShouldSucceed();
        _work.Write("way.yaml", Recipe.Replace("epochs: 1}\n  - prune", "epochs: 2}\n  - prune", StringComparison.Ordinal));
        using var other = new OutputFolder(_work["way/1-train"], "last", overwrites: true);

        Run("--force").ShouldFail(1, "error: Another run is writing to */way/1-train at this moment.*");

        File.Exists(_work["way/1-train/last.checkpoint"]).Should().BeTrue();
    }

    private HostResult Run(params string[] args) => _work.Run(["run", "way.yaml", "--out", "way", .. args]);

    private static int Done(HostResult result) => result.ShouldSucceed().Lines.Count(static line => line.EndsWith("done before.", StringComparison.Ordinal));
}
