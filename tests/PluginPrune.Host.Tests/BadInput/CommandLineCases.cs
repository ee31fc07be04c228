using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

internal static class CommandLineCases
{
    private static readonly string LongName = new('a', 300);

    public static IEnumerable<BadCase> All =>
    [
        Line("a rate that is NaN", "--global-percent takes", "--global-percent", "nan"),
        Line("a rate above 1", "--global-percent takes", "--global-percent", "2"),
        Line("a rate above all numbers", "--global-percent takes", "--global-percent", "1e309"),
        Line("a rate with a comma", "--global-percent takes", "--global-percent", "0,5"),
        Line("an empty rate", "--global-percent", "--global-percent", ""),
        Line("blocks negative", "--blocks takes", "--blocks", "-1"),
        Line("blocks above 2^31", "--blocks takes", "--blocks", "2147483648"),
        Line("more blocks than there are", "2147483647 blocks", "--blocks", "2147483647"),
        Line("round to 0", "--round-to takes", "--round-to", "0"),
        Line("a seed above 2^31", "--seed takes", "--seed", "99999999999"),
        Line("a budget of nothing", "--to-flops takes", "--to-flops", "0%"),
        Line("a budget that is infinite", "--to-bytes takes", "--to-bytes", "1e400"),
        Line("a budget that cannot be met", "cannot be met", "--to-bytes", "1"),
        Line("an option twice", "--seed", "--seed", "1", "--seed", "2"),
        Line("an option that is none", "'--globl-percent'", "--globl-percent", "0.5"),
        Line("words left over", "'more'", "more", "words"),
        Line("a file beside", "nope", "--weights", "nope"),
        Line("weights that are a folder", "is a folder", "--weights", "."),
        Line("out is empty", "--out is given an empty name", "--out", ""),
        Of("a model that is not there", "nope.cfg, which does not exist", "--model", "nope.cfg"),
        Of("a model that is a folder", "is a folder", "--model", "folder.cfg"),
        Of("a model of no known kind", "by its extension", "--model", "net.weights"),
        Of("a model with a very long name", "does not exist", "--model", LongName + ".cfg"),
        Of("a model with a very long path", "does not exist", "--model", string.Join('/', Enumerable.Repeat(LongName[..100], 60)) + ".cfg"),
        Of("out with a very long name", "Choose a shorter --out", "--model", "net.cfg", "--out", "deep/" + LongName),
        Of("out with a very long path", "Choose a shorter --out", "--model", "net.cfg", "--out", string.Join('/', Enumerable.Repeat(LongName[..100], 60))),
        Of("a model whose name is no path", "does not exist", "--model", "\u00E4\u732B\U0001F408.cfg"),
        Of("out is a file", "net.cfg is a file", "--model", "net.cfg", "--out", "net.cfg"),
        Of("out lies below a file", "net.cfg is a file", "--model", "net.cfg", "--out", "net.cfg/a/b"),
        Of("out is where the model is", "net.cfg exists and is not overwritten", "--model", "net.cfg", "--out", "."),
        Of("a folder has a file's name", "plan.json is a folder", "--model", "net.cfg", "--out", "taken", "--force"),
    ];

    private static BadCase Line(string name, string words, params string[] args) =>
        new("command line: " + name, 2, [words], BadFiles.PutSample)
        {
            Arguments = ["prune", "--criterion", "slim", "--no-verify", "--model", "net.cfg", .. args, .. args.Contains("--out") ? [] : new[] { "--out", "out" }],
        };

    private static BadCase Of(string name, string words, params string[] args) => new("command line: " + name, 2, [words], static work =>
    {
        BadFiles.PutSample(work);
        Directory.CreateDirectory(work["folder.cfg"]);
        Directory.CreateDirectory(work["taken/plan.json"]);
    })
    { Arguments = ["prune", "--criterion", "slim", "--no-verify", .. args, .. args.Contains("--out") ? [] : new[] { "--out", "out" }] };
}
