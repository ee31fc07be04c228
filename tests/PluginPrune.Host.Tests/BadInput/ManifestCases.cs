using System.Text;
using System.Text.Json.Nodes;
using PluginPrune.Host.Tests.Cli;
using PluginPrune.Host.Tests.Plugins;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>A plugin is asked for whose manifest is bad: exit code 3, or 2 where not even its contributions can be read.</summary>
internal static class ManifestCases
{
    private static readonly byte[] Good = File.ReadAllBytes(Path.Combine(PluginSandbox.Fixture("Good"), "plugin.json"));

    public static IEnumerable<BadCase> All =>
    [
        Bytes("empty", 2, [], "PP0002"),
        Bytes("cut in half", 2, Good[..(Good.Length / 2)], "PP0002"),
        Bytes("an array", 2, "[]"u8.ToArray(), "PP0004"),
        Bytes("nested 100000 deep", 2, Encoding.ASCII.GetBytes(new string('[', 100_000)), "PP0002"),
        Bytes("80 MB of blanks", 2, Encoding.ASCII.GetBytes(new string(' ', 80_000_000)), "PP0001"),
        Bytes("UTF-16", 2, Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Good)), "PP0002"),
        Bytes("not UTF-8", 2, BadFiles.Replace(Good, "fixtures.good", "\u00FF\u00FE"), "PP0002"),
        Bytes("a key twice", 3, BadFiles.Replace(Good, "\"id\"", "\"id\": \"a.b\", \"id\""), "PP0008", "$.id"),
        Edit("version 2 of the manifest", 2, static manifest => manifest["manifestVersion"] = 2, "PP0007"),
        Edit("no id", 3, static manifest => manifest.Remove("id"), "PP0003", "$.id"),
        Edit("an id that climbs out", 3, static manifest => manifest["id"] = "../../etc", "PP0005", "$.id"),
        Edit("a version above all numbers", 3, static manifest => manifest["version"] = "99999999999999999999.0.0", "PP0005", "$.version"),
        Edit("contracts of the future", 3, static manifest => manifest["contracts"] = "^99.0", "PP0101", "^99.0"),
        Edit("an assembly that climbs out", 3, static manifest => manifest["entry"]!["assembly"] = "../host.dll", "PP0304", "../host.dll"),
        Edit("an assembly with a very long name", 3, static manifest => manifest["entry"]!["assembly"] = new string('a', 5000) + ".dll", "PP0103") with { Words = ["PP0103 fixtures.good", "aaa.dll"] },
        Edit("an assembly with a zero in its name", 3, static manifest => manifest["entry"]!["assembly"] = "a\0b.dll", "PP0304"),
        Edit("contributions that are no object", 2, static manifest => manifest["contributes"] = new JsonArray(), "PP0004", "$.contributes"),
    ];

    private static BadCase Edit(string name, int exitCode, Action<JsonObject> edit, params string[] words)
    {
        JsonObject manifest = JsonNode.Parse(Good)!.AsObject();
        edit(manifest);
        return Bytes(name, exitCode, Encoding.UTF8.GetBytes(manifest.ToString()), words);
    }

    private static BadCase Bytes(string name, int exitCode, byte[] manifest, params string[] words) =>
        new("manifest: " + name, exitCode, ["plugin.json", .. words], work =>
        {
            BadFiles.PutSample(work);
            HostInstallation.Copy(PluginSandbox.Fixture("Good"), work["strangers/good"]);
            File.WriteAllBytes(work["strangers/good/plugin.json"], manifest);
        })
        { Arguments = ["prune", "--plugins", "strangers", "--criterion", "good-random", "--no-verify", "--model", "net.cfg", "--out", "out"] };
}
