using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Train;

/// <summary>`host train` asked for more than there is, or for what would change nothing.</summary>
public sealed class OddTrainingTests : IDisposable
{
    private readonly Workplace _work = new();

    public OddTrainingTests() => _work.Write("tiny.cfg", TinyDetector.Cfg);

    public void Dispose() => _work.Dispose();

    [LibtorchFact]
    public void A_batch_of_more_pictures_than_there_are_is_all_of_them()
    {
        Train("tiny.cfg", "all", "--batch", "12", "--nominal-batch", "12").ShouldSucceed();
        Train("tiny.cfg", "more", "--batch", "2147483647", "--growing-steps").ShouldSucceed();

        _work.Hashes("more")["last.weights"].Should().Be(_work.Hashes("all")["last.weights"]);
    }

    [LibtorchFact]
    public void Statistics_of_no_batch_norm_are_refused_before_anything_is_written()
    {
        _work.Write("plain.cfg", TinyDetector.Cfg.Replace("batch_normalize=1\n", string.Empty, StringComparison.Ordinal));

        Train("plain.cfg", "run", "--bn-pictures", "8").ShouldFail(2, "error: --bn-pictures takes the statistics of batch norms anew, and 'plain' has no batch norm. Leave it.");
        Train("tiny.cfg", "run", "--bn-pictures", "8", "--freeze", "6").ShouldFail(2, "error: --bn-pictures *'tiny' has no batch norm that is not frozen. Leave it.");
        _work.Entries.Should().NotContain("run/");
    }

    [LibtorchFact]
    public void Steps_that_cannot_grow_are_told_of()
    {
        Train("tiny.cfg", "cold", "--growing-steps", "--warm-up", "0", "--batch", "4").ShouldSucceed().Error.Should().Contain("--growing-steps lets nothing grow: there is no warm-up.");
        Train("tiny.cfg", "one", "--growing-steps", "--batch", "12", "--nominal-batch", "16").ShouldSucceed().Error.Should().Contain("--growing-steps lets nothing grow: a step is one batch (--batch-size 12, --nominal-batch 16).");
        Train("tiny.cfg", "many", "--growing-steps", "--batch", "4").ShouldSucceed().Error.Should().NotContain("grow");
    }

    [LibtorchFact]
    public void Layers_that_are_kept_from_no_pull_are_looked_for_all_the_same()
    {
        Train("tiny.cfg", "run", "--keep", "0-1,nine").ShouldFail(2, "error: 'tiny' has no layer 'nine' that could keep its channels*");
        Train("tiny.cfg", "run", "--keep", "0-1").ShouldSucceed().Error.Should().Contain("--keep holds nothing here: it says which scales --sparsity is not to pull, and none are pulled.");
    }

    private HostResult Train(string model, string folder, params string[] more) => _work.Run(
        ["train", "--model", model, "--from-scratch", "--data", "synthetic", "--count", "12", "--set", "synthetic.size=64", "--threads", "1", "--epochs", "1", "--out", folder, .. more]);
}
