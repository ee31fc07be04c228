namespace PluginPrune.Host.Tests.Cli;

/// <summary>What is there stays as it is, unless --force says otherwise.</summary>
public sealed class OverwriteTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("sample.cfg")]
    [InlineData("sample.weights")]
    [InlineData("plan.json")]
    [InlineData("report.json")]
    public void A_file_that_exists_is_not_touched_and_nothing_is_put_beside_it(string name)
    {
        Directory.CreateDirectory(_work["small"]);
        _work.Write("small/" + name, "mine");

        HostResult result = _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "small");

        result.ShouldFail(2, $"error: *{name} exists and is not overwritten.*--force*");
        _work.Entries.Should().Equal("small/", "small/" + name);
        File.ReadAllText(_work["small/" + name]).Should().Be("mine");
    }

    [Fact]
    public void A_model_is_not_overwritten_by_its_own_pruning()
    {
        _work.Run("prune", "--criterion", "none", "--no-verify", "--out", "net").ShouldSucceed();
        Dictionary<string, string> before = _work.Hashes("net");

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--model", "net/sample.cfg", "--out", "net").ShouldFail(2);

        _work.Hashes("net").Should().Equal(before);
    }

    [Fact]
    public void Force_replaces_what_it_writes_and_leaves_the_rest()
    {
        _work.Run("prune", "--criterion", "slim", "--global-percent", "0.3", "--no-verify", "--out", "small").ShouldSucceed();
        _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "wanted").ShouldSucceed();
        _work.Write("small/notes.txt", "mine");

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "small", "--force").ShouldSucceed();

        Dictionary<string, string> small = _work.Hashes("small");
        small.Should().HaveCount(5);
        foreach (string name in new[] { "sample.cfg", "sample.weights", "plan.json" })
        {
            small[name].Should().Be(_work.Hashes("wanted")[name]);
        }

        File.ReadAllText(_work["small/notes.txt"]).Should().Be("mine");
    }

    [Fact]
    public void A_model_may_be_replaced_by_its_own_pruning()
    {
        _work.Run("prune", "--criterion", "none", "--no-verify", "--out", "net").ShouldSucceed();
        _work.Run("prune", "--criterion", "slim", "--no-verify", "--model", "net/sample.cfg", "--out", "apart").ShouldSucceed();

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--model", "net/sample.cfg", "--out", "net", "--force").ShouldSucceed();

        _work.Hashes("net")["sample.weights"].Should().Be(_work.Hashes("apart")["sample.weights"]);
    }

    [Theory]
    [InlineData("prune", "--blocks", "6", "--out", "a/b/c")]
    [InlineData("prune", "--blocks", "6")]
    public void A_run_that_fails_leaves_no_folder_behind(params string[] args)
    {
        _work.Run(args).ShouldFail(2);

        _work.Entries.Should().BeEmpty();
    }
}
