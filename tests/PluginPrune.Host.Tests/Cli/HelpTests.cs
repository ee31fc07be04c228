namespace PluginPrune.Host.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("prune-help", "prune", "--help")]
    [InlineData("prune-slim-help", "prune", "--criterion", "slim", "--help")]
    [InlineData("prune-normal-help", "prune", "--criterion", "normal", "--help")]
    [InlineData("eval-help", "eval", "--help")]
    [InlineData("detect-help", "detect", "--help")]
    [InlineData("bench-help", "bench", "--help")]
    [InlineData("inspect-help", "inspect", "--help")]
    [InlineData("explain-help", "explain", "--help")]
    [InlineData("plan-show-help", "plan", "show", "--help")]
    [InlineData("plan-diff-help", "plan", "diff", "--help")]
    [InlineData("sensitivity-help", "sensitivity", "--help")]
    [InlineData("convert-help", "convert", "--help")]
    [InlineData("convert-onnx-help", "convert", "--to", "onnx", "--help")]
    [InlineData("data-help", "data", "--help")]
    [InlineData("data-check-help", "data", "check", "--help")]
    [InlineData("data-check-coco-help", "data", "check", "--data-format", "coco", "--help")]
    [InlineData("anchors-help", "anchors", "--help")]
    [InlineData("run-help", "run", "--help")]
    [InlineData("plugin-help", "plugin", "--help")]
    [InlineData("plugin-list", "plugin", "list")]
    [InlineData("plugin-list-help", "plugin", "list", "--help")]
    public void What_is_shown_is_what_was_agreed_on(string name, params string[] args)
    {
        HostResult result = _work.Run(args).ShouldSucceed();

        result.Error.Should().BeEmpty();
        Expectation.Check(name, _work.Neutral(result.Output));
        _work.Entries.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Nothing_at_all_and_the_short_forms_show_the_same_help(string arg)
    {
        string help = _work.Run("--help").Output;

        HostResult result = _work.Run(arg.Length == 0 ? [] : [arg]).ShouldSucceed();

        result.Output.Should().Be(help);
    }

    [Fact]
    public void Help_wins_over_everything_else_on_the_line()
    {
        HostResult result = _work.Run("prune", "--criterion", "slim", "--out", "o", "--help").ShouldSucceed();

        result.Output.Should().Be(_work.Run("prune", "--criterion", "slim", "--help").Output);
        _work.Entries.Should().BeEmpty();
    }

    [Theory]
    [InlineData("prune", "--criterion=normal", "--help")]
    [InlineData("prune", "--criterion:normal", "--help")]
    [InlineData("prune", "--help", "--criterion", "normal")]
    [InlineData("--quiet", "prune", "--criterion", "normal", "--help")]
    [InlineData("--plugins", "/", "prune", "--criterion", "normal", "--help")]
    public void A_criterion_is_found_wherever_and_however_it_is_named(params string[] args) =>
        _work.Run(args).ShouldSucceed().Output.Should().Be(_work.Run("prune", "--criterion", "normal", "--help").Output);

    [Fact]
    public void No_line_is_wider_than_a_terminal() =>
        _work.Run("prune", "--criterion", "slim", "--help").Output.Split('\n').Should().OnlyContain(static line => line.Length <= 120);

    [Fact]
    public void The_version_is_one_line() =>
        _work.Run("--version").ShouldSucceed().Output.Should().MatchRegex("^\\d+\\.\\d+\\.\\d+\\S*\n$");
}
