namespace PluginPrune.Shared.Files;

/// <summary>Tells ordinary files from pipes and devices, which have no length, may have no end, and may never answer.</summary>
internal static class OrdinaryFile
{
    /// <summary>The length of a file or of what a link leads to; 0 for what is no ordinary file.</summary>
    /// <exception cref="IOException">It is not there, or its links go round in a circle.</exception>
    public static long LengthOf(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo target ? target.Length : new FileInfo(path).Length;
}
