namespace PluginPrune.TestKit;

/// <summary>The cfg files of Debian's darknet package, where it is installed.</summary>
public static class DebianDarknet
{
    private const string Folder = "/usr/share/darknet/cfg";

    /// <summary>Whether the package is installed.</summary>
    public static bool IsInstalled => Directory.Exists(Folder);

    /// <summary>The full path of a cfg.</summary>
    /// <param name="name">For instance 'darknet19'.</param>
    public static string PathOf(string name) => Path.Combine(Folder, $"{name}.cfg");

    /// <summary>The names of all cfgs of the package.</summary>
    public static IEnumerable<string> Names =>
        IsInstalled ? Directory.GetFiles(Folder, "*.cfg").Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal) : [];
}
