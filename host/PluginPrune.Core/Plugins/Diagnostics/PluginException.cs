using System.Collections.Immutable;

namespace PluginPrune.Core.Plugins;

/// <summary>A plugin that somebody asked for by name cannot do what was asked. Ends the program with <see cref="ExitCode"/>.</summary>
public sealed class PluginException : Exception
{
    /// <summary>The exit code of the program: 3, a plugin problem.</summary>
    public const int ExitCode = 3;

    /// <summary>Carries what was found.</summary>
    /// <param name="diagnostics">At least one; the first is the one that is shown first.</param>
    public PluginException(ImmutableArray<PluginDiagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>Carries what was found and the exception that it was found by.</summary>
    /// <param name="diagnostic">What was found.</param>
    /// <param name="cause">What the plugin threw, or null.</param>
    public PluginException(PluginDiagnostic diagnostic, Exception? cause)
        : base(diagnostic?.ToString(), cause) => Diagnostics = [diagnostic!];

    /// <summary>What was found; the first is the one that is shown first.</summary>
    public ImmutableArray<PluginDiagnostic> Diagnostics { get; }
}
