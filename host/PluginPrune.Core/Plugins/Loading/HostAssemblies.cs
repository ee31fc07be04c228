using System.Collections.Frozen;

namespace PluginPrune.Core.Plugins;

/// <summary>The assemblies that came with the host and are nobody else's business.</summary>
internal static class HostAssemblies
{
    private static readonly FrozenSet<string> Private = Find();

    /// <summary>Whether the runtime would hand a plugin the host's own copy of an assembly.</summary>
    public static bool IsPrivate(string? name) => name is not null && Private.Contains(name);

    private static FrozenSet<string> Find()
    {
        string host = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? string.Empty;
        string trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;

        // A host that carries its own framework has both in one folder, and they cannot be told apart: nothing is refused.
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetDirectoryName(path) is { } folder && folder == host && folder != framework)
            .Select(static path => Path.GetFileNameWithoutExtension(path))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
