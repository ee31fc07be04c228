using System.Text;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>Whatever is wrong with a command line ends with 2, one sentence that helps, no result and no file.</summary>
public sealed class UsageErrorTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Commands()
    {
        Check("errors-commands", "prun", "plug", "plugin", "plugin lst", "plugin doctr", "plugin list slim", "--json", "--quiet", "slim", "plugin list --plugins", "plugin list --jsn");
    }

    [Fact]
    public void Names()
    {
        Check(
            "errors-names",
            "prune",
            "prune slim",
            "prune --criterion slm",
            "prune --criterion xyz",
            "prune --criterion slm --help",
            "prune --criterion ''",
            "prune --criterion nobody.plugin/slim",
            "prune --criteron slim",
            "prune --criterion slim -m net.cfg",
            "prune --criterion slim -x",
            "prune --criterion slim --global-percnt 0.5",
            "prune --criterion slim --global_percnt 0.5",
            "prune --criterion normal --global-percent 0.5",
            "prune --global-percent 0.5",
            "prune --blocks 1 --block-criterion bn-maen",
            "prune --criterion slim --engine manged",
            "prune --criterion slim --set layer-keep",
            "prune --criterion slim --set layer-keep=0.1",
            "prune --criterion slim --set slm.layer-keep=0.1",
            "prune --criterion slim --set slim.layer-kep=0.1",
            "prune --criterion slim --set slim.layer-keep=2",
            "prune --criterion slim --set bn-mean.x=1",
            "prune --criterion slim --set slim.layer-keep=0.1 --layer-keep 0.1",
            "prune --criterion slim --set slim.layer-keep=0.1 --set slim.layer_keep=0.2");
    }

    [Fact]
    public void Values()
    {
        Check(
            "errors-values",
            "prune --criterion slim --global-percent 1.5",
            "prune --criterion slim --fold exactly",
            "prune --criterion slim --global-percent -0.1",
            "prune --criterion slim --global-percent NaN",
            "prune --criterion slim --global-percent eighty",
            "prune --criterion slim --global-percent 0,8",
            "prune --criterion slim --global-percent",
            "prune --criterion slim --reconstruct --threads 1",
            "prune --criterion slim --out --dry-run small",
            "prune --criterion slim --out --dry-run",
            "prune --criterion slim --out --global_percent 0.5",
            "prune --criterion slim --global-percent 0.5 --global-percent --dry-run",
            "--plugins --json prune --criterion slim --dry-run",
            "prune --criterion slim --split train",
            "prune --criterion slim --no-measure --reconstruct 2 --data-format yolo",
            "prune --criterion slim --global-percent ''",
            "prune --criterion slim --global-percent 0.5 --global-percent 0.6",
            "prune --criterion slim --global-percent 0.5 --global_percent 0.6",
            "prune --criterion slim --coupling both",
            "prune --criterion",
            "prune --criterion slim --criterion normal",
            "prune --criterion slim --blocks -1",
            "prune --criterion slim --blocks 1.5",
            "prune --criterion slim --blocks 99999999999",
            "prune --criterion slim --blocks 1 --shortcuts 2",
            "prune --blocks 6",
            "prune --criterion slim --order first",
            "prune --criterion slim --scope all",
            "prune --criterion slim --class-logit gone",
            "prune --criterion slim --round-to 0",
            "prune --criterion slim --to-flops 50x",
            "prune --criterion slim --to-flops 0.5",
            "prune --criterion slim --to-bytes 0",
            "prune --blocks 1 --to-params 50%",
            "prune --criterion slim --seed pi",
            "prune --criterion slim --threads -1",
            "prune --criterion slim --bn-eps tiny",
            "prune --criterion slim --verify --no-verify",
            "prune --criterion slim --dry-run yes");
    }

    [Fact]
    public void Files()
    {
        _work.Write("file", "text\n");
        _work.Write("model.pt", "PK");
        _work.Write("text.cfg", "layers: 3\n");
        _work.Write("empty.cfg", string.Empty);
        _work.Write("empty.weights", string.Empty);
        _work.Write("no-plan.json", "layers: 3\n");
        _work.Write("other.json", "{}\n");
        _work.Write("report.json", "{\n  \"reportVersion\": 1,\n  \"network\": \"net\"\n}\n");
        Directory.CreateDirectory(_work["folder"]);
        Check(
            "errors-files",
            "prune --criterion slim --model gone.cfg",
            "prune --criterion slim --cfg gone.cfg",
            "prune --criterion slim --model folder",
            "prune --criterion slim --model file",
            "prune --criterion slim --model model.pt",
            "prune --criterion slim --model text.cfg",
            "prune --criterion slim --model empty.cfg",
            "prune --criterion slim --model @file",
            "prune --criterion slim --model ''",
            "prune --criterion slim --model sample --weights gone.weights",
            "prune --criterion slim --model sample --weights folder",
            "prune --criterion slim --model sample --weights empty.weights",
            "prune --criterion slim --model sample --weights file",
            "prune --criterion slim --out file",
            "prune --criterion slim --out ''",
            "prune --criterion slim --plugins ''",
            "plugin list --plugins ''",
            "inspect --model ''",
            "inspect --weights ''",
            "inspect --plan ''",
            "inspect --svg ''",
            "explain ''",
            "plan show ''",
            "plan show folder",
            "plan show text.cfg",
            "prune --plan gone.json",
            "prune --plan folder",
            "prune --plan no-plan.json",
            "prune --plan other.json",
            "prune --plan report.json",
            "prune text.cfg",
            "inspect text.cfg",
            "explain text.cfg",
            "prune --plan other.json --criterion slim",
            "prune --plan other.json --blocks 1",
            "prune --plan other.json --to-flops 50%",
            "prune --criterion slim --plan other.json --global-percent 0.2");
    }

    [Fact]
    public void With_json_an_error_is_told_in_the_same_way()
    {
        HostResult plain = _work.Run("prune", "--criterion", "slm");

        _work.Run("prune", "--criterion", "slm", "--json").Should().Be(plain);
        _work.Run("prune", "--criterion", "slm", "--quiet").Should().Be(plain);
    }

    private void Check(string name, params string[] lines)
    {
        var text = new StringBuilder();
        string[] before = _work.Entries;
        foreach (string line in lines)
        {
            HostResult result = _work.Run([.. line.Split(' ').Select(static word => word == "''" ? string.Empty : word)]);
            result.ShouldFail(2);
            text.Append("$ host ").Append(line).Append('\n').Append(_work.Neutral(result.Error));
        }

        _work.Entries.Should().Equal(before);
        Expectation.Check(name, text.ToString());
    }
}
