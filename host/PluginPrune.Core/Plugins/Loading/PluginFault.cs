using System.Reflection;

namespace PluginPrune.Core.Plugins;

/// <summary>Turns what came out of a plugin's code into a diagnostic: the likeliest cause first, else what it threw.</summary>
internal static class PluginFault
{
    private const string AuthorsFault = "This is a fault of the plugin: report it to its author.";

    /// <param name="thrown">What was caught.</param>
    /// <param name="pluginId">The plugin.</param>
    /// <param name="path">Its entry assembly, where that is known.</param>
    /// <param name="code">The code where nothing more is known than that the plugin threw.</param>
    /// <param name="doing">What it was doing, as the subject of a sentence.</param>
    public static PluginDiagnostic Diagnose(Exception thrown, string? pluginId, string? path, string code, string doing)
    {
        Exception fault = Unwrap(thrown);
        for (Exception? cause = fault; cause is not null; cause = cause.InnerException)
        {
            // The load context refused something on the way here: the runtime has wrapped it.
            if (cause is PluginException refusal)
            {
                return refusal.Diagnostics[0];
            }
        }

        (string Code, string Message, string Remedy) found = fault switch
        {
            FileNotFoundException { FileName: { } name } when IsAssemblyName(name) =>
                (DiagnosticCodes.DependencyMissing, $"{doing} needs the assembly {ShortName(name)} ({VersionOf(name)}), which is not in the plugin's folder.", "Install the plugin again, all files that 'dotnet publish' writes."),
            BadImageFormatException or FileLoadException =>
                (DiagnosticCodes.AssemblyRefused, $"{doing} needs a file that the runtime refuses: {fault.Message}", "Install the plugin again; check that it is for this system."),
            DllNotFoundException =>
                (DiagnosticCodes.NativeLibraryMissing, $"{doing} needs a native library: {fault.Message.ReplaceLineEndings(" ")}", "Install the library that the plugin's description names, or the plugin again."),
            EntryPointNotFoundException when IsOfNativeLibrary(fault) =>
                (DiagnosticCodes.NativeLibraryMissing, $"{doing} calls a function that a native library lacks: {fault.Message.ReplaceLineEndings(" ")}", "Install the version of the library that the plugin's description names."),
            EntryPointNotFoundException =>
                (DiagnosticCodes.MemberMissing, $"{doing} calls a method that the runtime does not find in the assembly where it should be: {fault.Message}", "Install a version of the plugin built for this host's contracts, with its dependencies."),
            TypeLoadException or MissingMemberException =>
                (DiagnosticCodes.MemberMissing, $"{doing} needs something that is not there: {fault.Message}", "Install a version of the plugin built for this host's contracts, with its dependencies."),
            OperationCanceledException => (code, $"{doing} cancelled itself, and nobody had asked it to.", AuthorsFault),
            _ => (code, $"{doing} threw {fault.GetType().Name}: {fault.Message}", AuthorsFault),
        };
        return new PluginDiagnostic(found.Code, DiagnosticSeverity.Error, pluginId, path, found.Message, found.Remedy);
    }

    /// <summary>The exception that tells something: reflection and static constructors put theirs around it.</summary>
    public static Exception Unwrap(Exception thrown) =>
        thrown is TargetInvocationException or TypeInitializationException && thrown.InnerException is { } inner ? Unwrap(inner) : thrown;

    /// <summary>Of a native library's function both are named in quotes; of a method of managed code nothing is.</summary>
    private static bool IsOfNativeLibrary(Exception fault) => fault.Message.Contains('\'', StringComparison.Ordinal);

    /// <summary>Of an assembly that was not found the full name is told; of any other file its path.</summary>
    private static bool IsAssemblyName(string name) => name.Contains(", Version=", StringComparison.Ordinal);

    private static string ShortName(string name) => new AssemblyName(name).Name!;

    private static string VersionOf(string name) => $"version {new AssemblyName(name).Version}";
}
