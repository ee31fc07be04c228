using System.Text;
using System.Text.Json.Nodes;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

/// <summary>Good files to spoil: the bundled sample and a plan for it, and small networks.</summary>
internal static class BadFiles
{
    public const string Net = "[net]\nwidth=32\nheight=32\nchannels=3\n\n";

    /// <summary>Begins in line 6, as what follows <see cref="Net"/> does.</summary>
    public const string Layer = "[convolutional]\nfilters=8\nsize=3\npad=1\nactivation=leaky\n\n";

    private static readonly Lazy<byte[]> PlanBytes = new(MakePlan);

    public static byte[] Cfg { get; } = File.ReadAllBytes(HostInstallation.SampleCfg);

    public static byte[] Weights { get; } = File.ReadAllBytes(HostInstallation.SampleWeights);

    /// <summary>A plan for the sample.</summary>
    public static byte[] Plan => PlanBytes.Value;

    public static void Put(Workplace work, byte[] cfg, byte[] weights)
    {
        File.WriteAllBytes(work["net.cfg"], cfg);
        File.WriteAllBytes(work["net.weights"], weights);
    }

    public static void Put(Workplace work, string cfg) => Put(work, Encoding.Latin1.GetBytes(cfg), Weights[..1024]);

    public static void PutSample(Workplace work) => Put(work, Cfg, Weights);

    /// <summary>The sample with one thing replaced, the first time that it stands there.</summary>
    public static byte[] Replace(byte[] text, string what, string with)
    {
        string all = Encoding.Latin1.GetString(text);
        int at = all.IndexOf(what, StringComparison.Ordinal);
        at.Should().BeGreaterThanOrEqualTo(0, $"'{what}' is to be replaced");
        return Encoding.Latin1.GetBytes(all[..at] + with + all[(at + what.Length)..]);
    }

    public static byte[] With(byte[] bytes, int at, params byte[] others)
    {
        byte[] copy = [.. bytes];
        others.CopyTo(copy, at);
        return copy;
    }

    public static byte[] EditPlan(Action<JsonObject> edit)
    {
        JsonObject plan = JsonNode.Parse(Plan)!.AsObject();
        edit(plan);
        return Encoding.UTF8.GetBytes(plan.ToString());
    }

    public static void MakeSparse(string path, long length)
    {
        using FileStream file = File.Create(path);
        file.SetLength(length);
    }

    private static byte[] MakePlan()
    {
        using var work = new Workplace();
        work.Run("prune", "--criterion", "slim", "--global-percent", "0.5", "--no-verify", "--out", "out").ShouldSucceed();
        return File.ReadAllBytes(work["out/plan.json"]);
    }
}
