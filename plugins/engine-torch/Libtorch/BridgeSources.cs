using System.Reflection;
using System.Text;

namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>The C++ sources of the bridge, which the assembly carries.</summary>
internal static class BridgeSources
{
    private const string Prefix = "native/";

    /// <summary>The file that includes the others.</summary>
    public const string Main = "shim.cpp";

    /// <summary>Names and contents, ordered by name.</summary>
    public static IReadOnlyList<(string Name, string Text)> Read()
    {
        Assembly assembly = typeof(BridgeSources).Assembly;
        var sources = new List<(string Name, string Text)>();
        foreach (string resource in assembly.GetManifestResourceNames().Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
            sources.Add((resource[Prefix.Length..], reader.ReadToEnd()));
        }

        return sources;
    }
}
