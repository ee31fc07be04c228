using System.Globalization;

namespace PluginPrune.Core.Plugins;

/// <summary>
/// Which contracts a plugin runs on. Built on M.m it runs on M'.m' if and only if M = M' and m &lt;= m'; while the major is 0
/// the minors are the same.
/// </summary>
/// <param name="Major">The major of the contracts that the plugin was built on.</param>
/// <param name="Minor">Their minor.</param>
public sealed record ContractsRange(int Major, int Minor)
{
    /// <summary>Reads a range.</summary>
    /// <param name="text">'0.m' or '^M.m'.</param>
    /// <returns>The range, or null where the text is none.</returns>
    public static ContractsRange? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool hasCaret = text.StartsWith('^');
        string[] parts = text[(hasCaret ? 1 : 0)..].Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            && hasCaret == major > 0
                ? new ContractsRange(major, minor)
                : null;
    }

    /// <summary>The range of a plugin that was compiled with contracts of a version.</summary>
    /// <param name="reference">The version in the compiled reference.</param>
    public static ContractsRange Of(Version reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new ContractsRange(reference.Major, reference.Minor);
    }

    /// <summary>Whether a host with contracts of a version can run the plugin.</summary>
    /// <param name="host">The version of the host's contracts.</param>
    public bool Allows(Version host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Major == host.Major && (Major == 0 ? Minor == host.Minor : Minor <= host.Minor);
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Major > 0 ? "^" : string.Empty)}{Major}.{Minor}");
}
