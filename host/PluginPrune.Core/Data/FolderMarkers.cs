using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Data;

/// <summary>Recognises folders by what lies in them.</summary>
internal static class FolderMarkers
{
    // Sets come from cameras and systems that write Annotations, annotations and ANNOTATIONS.
    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Whether a folder holds what a marker names, see <see cref="Contribution.Markers"/>.</summary>
    public static bool Has(string folder, string marker)
    {
        int slash = marker.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? Directory.EnumerateFileSystemEntries(folder, marker, AnyCase).Any()
            : Directory.EnumerateDirectories(folder, marker[..slash], AnyCase).Any(inner => Has(inner, marker[(slash + 1)..]));
    }
}
