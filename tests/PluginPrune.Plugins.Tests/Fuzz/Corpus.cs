using System.Text;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Fuzz;

/// <summary>Real files of every kind.</summary>
internal static class Corpus
{
    private static readonly string Root = FindRoot();

    public static string SampleCfg { get; } = Path.Combine(Root, "cfg", "sample.cfg");

    public static string SampleWeights { get; } = Path.Combine(Root, "cfg", "sample.weights");

    public static IReadOnlyList<byte[]> Cfgs { get; } =
    [
        File.ReadAllBytes(SampleCfg),
        .. new[] { YoloCfg.V3(), YoloCfg.V3Tiny(), CfgTexts.TwoLayers, CfgTexts.Residual, CfgTexts.Mixed, CfgTexts.Residual.ReplaceLineEndings("\r\n") }.Select(Encoding.Latin1.GetBytes),
        .. FindShared(),
    ];

    /// <summary>The manifests of the built-in plugins, as the build made them.</summary>
    public static IReadOnlyList<byte[]> Manifests { get; } =
    [
        .. Directory.GetDirectories(Path.Combine(Root, "plugins"))
            .Select(static plugin => Path.Combine(plugin, Path.GetRelativePath(Path.Combine(Root, "tests", "PluginPrune.Plugins.Tests"), AppContext.BaseDirectory), "plugin.json"))
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    private static IEnumerable<byte[]> FindShared() => SharedData.Exists
        ? Directory.EnumerateFiles(SharedData.PathOf("data/darknet"), "*.cfg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PluginPrune.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
