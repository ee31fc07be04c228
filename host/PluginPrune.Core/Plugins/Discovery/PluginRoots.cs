using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>The folders that are looked into, the first first. The current folder is never one that nobody named.</summary>
/// <param name="Roots">In order.</param>
/// <param name="Diagnostics">What was named and is not looked into.</param>
public sealed record PluginRoots(ImmutableArray<PluginRoot> Roots, ImmutableArray<PluginDiagnostic> Diagnostics)
{
    /// <summary>A list of folders, separated as in PATH.</summary>
    public const string Variable = "PLUGINPRUNE_PLUGINS";

    /// <summary>The roots of this process.</summary>
    /// <param name="commandLine">The folders of --plugins, in order.</param>
    public static PluginRoots Default(IEnumerable<string> commandLine) =>
        Of(commandLine, System.Environment.GetEnvironmentVariable, UserDataFolder(), AppContext.BaseDirectory);

    /// <summary>The roots of a process as it is described.</summary>
    /// <param name="commandLine">The folders of --plugins, in order; relative ones are the user's own words for here.</param>
    /// <param name="environment">The value of a variable, or null.</param>
    /// <param name="userData">The user's data folder where XDG_DATA_HOME does not name one; empty for none.</param>
    /// <param name="hostFolder">Where the host lies.</param>
    public static PluginRoots Of(
        IEnumerable<string> commandLine, Func<string, string?> environment, string userData, string hostFolder)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        ArgumentNullException.ThrowIfNull(environment);
        var diagnostics = ImmutableArray.CreateBuilder<PluginDiagnostic>();
        var roots = ImmutableArray.CreateBuilder<PluginRoot>();
        foreach (string folder in commandLine)
        {
            string path = Path.GetFullPath(folder);
            roots.Add(new PluginRoot(path, PluginRootKind.CommandLine));
            if (!Directory.Exists(path))
            {
                diagnostics.Add(Unusable(path, $"--plugins names {path}, which is not there.", "Correct the path."));
            }
        }

        foreach (string folder in (environment(Variable) ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative path means another folder wherever the host is started: a stranger's folder would lend its code.
            if (Path.IsPathFullyQualified(folder))
            {
                roots.Add(new PluginRoot(Path.GetFullPath(folder), PluginRootKind.Environment));
            }
            else
            {
                diagnostics.Add(Unusable(folder, $"${Variable} names '{folder}', which is relative, so it is ignored.", "Give the absolute path."));
            }
        }

        string? xdg = environment("XDG_DATA_HOME");
        string data = xdg is not null && Path.IsPathFullyQualified(xdg) ? xdg : userData;
        if (Path.IsPathFullyQualified(data))
        {
            roots.Add(new PluginRoot(Path.Combine(Path.GetFullPath(data), "pluginprune", "plugins"), PluginRootKind.User));
        }

        roots.Add(new PluginRoot(Path.Combine(Path.GetFullPath(hostFolder), "plugins"), PluginRootKind.Bundled));
        return new PluginRoots(roots.ToImmutable(), diagnostics.ToImmutable());
    }

    private static string UserDataFolder() =>
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData, System.Environment.SpecialFolderOption.DoNotVerify);

    private static PluginDiagnostic Unusable(string path, string message, string remedy) =>
        new(DiagnosticCodes.RootUnusable, DiagnosticSeverity.Warning, null, path, message, remedy);
}
