namespace PluginPrune.Core.Files;

/// <summary>How long a file is, without opening it: pipes and devices have no length, may have no end, and may never answer.</summary>
internal static class OrdinaryFile
{
    /// <summary>What is said of a file without a length; the two cannot be told apart without opening it.</summary>
    public const string NoLength = "it is empty, or a pipe or a device";

    /// <summary>The length of a file or of what a link leads to; 0 for what is no ordinary file.</summary>
    /// <exception cref="IOException">It is not there, or its links go round in a circle.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be looked at.</exception>
    public static long LengthOf(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) is FileInfo target ? target.Length : new FileInfo(path).Length;
}
