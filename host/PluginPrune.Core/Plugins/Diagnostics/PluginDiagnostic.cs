using System.Text;

namespace PluginPrune.Core.Plugins;

/// <summary>A problem with a plugin: a value that is listed, shown and tested, never a crash of the host.</summary>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="PluginId">The plugin, or null where its manifest does not tell.</param>
/// <param name="Path">The file or folder at fault, or null.</param>
/// <param name="Message">What was found, in one or two sentences.</param>
/// <param name="Remedy">What to do about it, in one or two sentences.</param>
public sealed record PluginDiagnostic(
    string Code, DiagnosticSeverity Severity, string? PluginId, string? Path, string Message, string Remedy)
{
    /// <summary>Where in the manifest, for instance '$.entry.type'; null where it is not about one value of a manifest.</summary>
    public string? JsonPath { get; init; }

    /// <summary>The 1-based line in the manifest, or null.</summary>
    public int? Line { get; init; }

    /// <summary>What diagnostics of this code are about, in a few words.</summary>
    public string Title => DiagnosticCatalog.TitleOf(Code);

    /// <summary>For instance 'PP0101 acme.taylor: Needs contracts 0.3; this host has 0.1. Install ... (/plugins/taylor)'.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Code);
        if (PluginId is not null)
        {
            text.Append(' ').Append(PluginId);
        }

        text.Append(": ").Append(Message).Append(' ').Append(Remedy);
        if (Path is not null && (Line is not null || !Message.Contains(Path, StringComparison.Ordinal)))
        {
            text.Append(" (").Append(Path);
            if (Line is { } line)
            {
                text.Append(", line ").Append(line);
            }

            text.Append(')');
        }

        return text.ToString();
    }
}
