using System.Collections.Immutable;
using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Chooses between formats that claim one extension, such as the .pt of torch, by looking into the file.</summary>
internal static class FormatByContent
{
    /// <summary>The first that recognises the file, else the first that does not say which files are its own.</summary>
    /// <param name="plugins">The plugins, which are loaded to be asked.</param>
    /// <param name="claiming">The formats that claim the extension, at least one.</param>
    /// <param name="path">The file; it need not exist.</param>
    public static ContributionInfo Choose(PluginHost plugins, IReadOnlyList<ContributionInfo> claiming, string path)
    {
        ContributionInfo? open = null;
        foreach (ContributionInfo format in File.Exists(path) ? claiming : [])
        {
            // A plugin that cannot be loaded has no say; where its format is the only one, creating it tells what is wrong.
            IModelFormat? service = plugins.Create<IModelFormat>(ContributionKind.Format, format.FullName, ImmutableDictionary<string, string>.Empty).Service;
            if (service is not IRecognizingFormat recognizing)
            {
                open ??= service is null ? null : format;
            }
            else if (Recognizes(recognizing, Path.GetFullPath(path)))
            {
                return format;
            }
        }

        return open ?? claiming[0];
    }

    private static bool Recognizes(IRecognizingFormat format, string path)
    {
        try
        {
            return format.Recognizes(path);
        }
        catch (IOException)
        {
            // Whoever reads it says so.
            return false;
        }
    }
}
