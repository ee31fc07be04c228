using System.Text;
using System.Text.Json.Nodes;

namespace PluginPrune.Host.Tests.BadInput;

internal static class PlanCases
{
    public static IEnumerable<BadCase> All =>
    [
        Bytes("empty", static () => [], "line 1", "empty"),
        Bytes("cut in half", static () => BadFiles.Plan[..(BadFiles.Plan.Length / 2)], "line", "cut off"),
        Bytes("an array", static () => "[]"u8.ToArray(), "line 1", "array"),
        Bytes("nested 100000 deep", static () => Encoding.ASCII.GetBytes(new string('[', 100_000)), "deep"),
        Bytes("UTF-16", static () => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(BadFiles.Plan))).ToArray(), "no JSON"),
        Bytes("not UTF-8", static () => BadFiles.Replace(BadFiles.Plan, "slim", "\u00FF\u00FE"), "line"),
        Bytes("half a surrogate", static () => BadFiles.Replace(BadFiles.Plan, "\"sample\"", "\"\\ud800\""), "line"),
        Edit("version 2", static plan => plan["planVersion"] = 2, "line", "version 2"),
        Edit("version 1e30", static plan => plan["planVersion"] = 1e30, "line", "version"),
        Edit("another network", static plan => plan["architecture"] = "00000000", "line", "fingerprint 00000000"),
        Edit("no groups", static plan => plan.Remove("groups"), "groups"),
        Edit("an unknown group", static plan => plan["groups"]![0]!["group"] = "99.conv", "99.conv"),
        Edit("a group twice", static plan => plan["groups"]!.AsArray().Add(plan["groups"]![0]!.DeepClone()), "twice"),
        Edit("channels negative", static plan => plan["groups"]![0]!["channels"] = -1, "-1"),
        Edit("channels above 2^31", static plan => plan["groups"]![0]!["channels"] = 2147483648, "2147483648"),
        Edit("a channel beyond the last", static plan => plan["groups"]![0]!["kept"] = "0-99999999999", "0-99999999999"),
        Edit("ranges turned round", static plan => plan["groups"]![0]!["kept"] = "7-3", "7-3"),
        Edit("nothing kept", static plan => plan["groups"]![0]!["kept"] = string.Empty, "keeps nothing"),
        Edit("channels in words", static plan => plan["groups"]![0]!["kept"] = "all", "'all'"),
        Edit("an unknown block", static plan => plan["removedBlocks"] = new JsonArray(Block("99.add")), "99.add"),
        Edit("a block twice", static plan => plan["removedBlocks"] = new JsonArray(Block("4.add"), Block("4.add")), "4.add", "twice"),
        new BadCase("plan: 3 GB of nothing", 2, ["plan.json", "larger"], static work =>
        {
            BadFiles.PutSample(work);
            BadFiles.MakeSparse(work["plan.json"], 3L << 30);
        }) { Arguments = Apply },
        new BadCase("plan: a folder", 2, ["plan.json", "folder"], static work =>
        {
            BadFiles.PutSample(work);
            Directory.CreateDirectory(work["plan.json"]);
        }) { Arguments = Apply },
    ];

    private static string[] Apply => ["prune", "--no-verify", "--model", "net.cfg", "--plan", "plan.json", "--out", "out"];

    private static JsonObject Block(string junction) => new() { ["junction"] = junction, ["layers"] = "2 3 4" };

    private static BadCase Edit(string name, Action<JsonObject> edit, params string[] words) => Bytes(name, () => BadFiles.EditPlan(edit), words);

    private static BadCase Bytes(string name, Func<byte[]> plan, params string[] words) => new("plan: " + name, 2, ["plan.json", .. words], work =>
    {
        BadFiles.PutSample(work);
        File.WriteAllBytes(work["plan.json"], plan());
    })
    { Arguments = Apply };
}
