namespace PluginPrune.FormatDarknet.Text;

/// <summary>How long a file is, without opening it: pipes and devices have no length, may have no end, and may never answer.</summary>
internal static class FileLength
{
    /// <summary>The length of a file or of what a link leads to; 0 for what is no ordinary file.</summary>
    public static long Of(string path)
    {
        var file = new FileInfo(path);
        try
        {
            return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target ? target.Length : file.Length;
        }
        catch (IOException)
        {
            // Links in a circle; opening it will say so.
            return file.Length;
        }
    }
}
