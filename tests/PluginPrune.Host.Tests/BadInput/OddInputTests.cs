using System.Text;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>What looks wrong and is not: it is taken, and what made it odd is kept.</summary>
public sealed class OddInputTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Line_ends_of_Windows_stay()
    {
        string cfg = Prune(BadFiles.Net.ReplaceLineEndings("\r\n") + BadFiles.Layer.ReplaceLineEndings("\r\n"), 896);

        cfg.ReplaceLineEndings("\n").Should().Be(BadFiles.Net + BadFiles.Layer);
        cfg.Replace("\r\n", string.Empty, StringComparison.Ordinal).Should().NotContainAny("\r", "\n");
    }

    [Fact]
    public void A_byte_order_mark_stays() => Prune("\u00EF\u00BB\u00BF" + BadFiles.Net + BadFiles.Layer, 896).Should().Be("\u00EF\u00BB\u00BF" + BadFiles.Net + BadFiles.Layer);

    [Fact]
    public void A_file_without_a_line_end_stays_so() => Prune((BadFiles.Net + BadFiles.Layer).TrimEnd(), 896).Should().Be((BadFiles.Net + BadFiles.Layer).TrimEnd());

    [Fact]
    public void A_key_that_stands_twice_is_told_and_the_first_counts()
    {
        string text = BadFiles.Net + BadFiles.Layer.Replace("filters=8\n", "filters=8\nfilters=16\n", StringComparison.Ordinal);

        Prune(text, 896, "line 8", "line 7").Should().Be(text);
    }

    [Fact]
    public void Comments_in_any_encoding_stay()
    {
        string text = "# caf\u00E9, \u00E7\u008A\u00AB\n" + BadFiles.Net + BadFiles.Layer;

        Prune(text, 896).Should().Be(text);
    }

    [Theory]
    [InlineData("\u00FCn\u00EF c\u00F8de \u732B")]
    [InlineData("-dash")]
    [InlineData("with 'quotes' \"and\" $dollars")]
    [InlineData("two\nlines")]
    public void Any_name_will_do(string name)
    {
        BadFiles.PutSample(_work);
        File.Move(_work["net.cfg"], _work[name + ".cfg"]);
        File.Move(_work["net.weights"], _work[name + ".weights"]);

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--model", "./" + name + ".cfg", "--out", "./" + name).ShouldSucceed();

        Directory.GetFiles(_work[name]).Select(Path.GetFileName).Should().BeEquivalentTo(name + ".cfg", name + ".weights", "plan.json", "report.json");
    }

    [Fact]
    public void A_name_as_long_as_a_name_can_be_will_do()
    {
        // With '.weights' behind it, 255 bytes.
        string name = new('n', 247);
        BadFiles.PutSample(_work);
        File.Move(_work["net.cfg"], _work[name + ".cfg"]);
        File.Move(_work["net.weights"], _work[name + ".weights"]);

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--model", name + ".cfg", "--out", "out").ShouldSucceed();

        Directory.GetFiles(_work["out"]).Should().HaveCount(4);
    }

    [Fact]
    public void A_plan_with_a_byte_order_mark_is_read()
    {
        BadFiles.PutSample(_work);
        File.WriteAllBytes(_work["plan.json"], [0xEF, 0xBB, 0xBF, .. BadFiles.Plan]);

        _work.Run("prune", "--plan", "plan.json", "--no-verify", "--model", "net.cfg", "--out", "out").ShouldSucceed();
    }

    [UnixFact]
    public void Standard_error_that_is_closed_stops_nobody()
    {
        HostResult result = Workplace.Finish(_work.StartProgram(
            "bash", ["-c", "exec \"$0\" \"$@\" 2>&-", HostInstallation.Dotnet, HostInstallation.Program, "prune", "--criterion", "slim", "--no-verify", "--out", "out"]));

        result.ExitCode.Should().Be(0);
        Directory.GetFiles(_work["out"]).Should().HaveCount(4);
    }

    [Fact]
    public void A_folder_of_plugins_that_is_not_there_is_told()
    {
        HostResult result = _work.Run("prune", "--plugins", "nowhere", "--criterion", "slim", "--no-verify", "--dry-run").ShouldSucceed();

        result.Error.Should().Contain("warning: ").And.Contain("nowhere, which is not there");
    }

    /// <summary>Prunes nothing of a small network, and gives what was written of its cfg.</summary>
    private string Prune(string cfg, int weights, params string[] warnings)
    {
        int[] header = [0, 2, 5, 0, 0];
        BadFiles.Put(_work, Encoding.Latin1.GetBytes(cfg), [.. header.SelectMany(BitConverter.GetBytes), .. new byte[weights]]);

        HostResult result = _work.Run("prune", "--criterion", "none", "--no-verify", "--model", "net.cfg", "--out", "out").ShouldSucceed();

        foreach (string warning in warnings)
        {
            result.Error.Should().ContainEquivalentOf(warning);
        }

        return Encoding.Latin1.GetString(File.ReadAllBytes(_work["out/net.cfg"]));
    }
}
