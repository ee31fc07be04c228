using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Core.Evaluation;

/// <summary>A file beside a model that may well name its classes, and is not called as the model is: a guess to be told, not to be followed.</summary>
public static class NamesBeside
{
    /// <summary>A sentence for a user whose network's classes have no names; null where they have, or no file or several fit.</summary>
    /// <param name="network">The network.</param>
    /// <param name="modelPath">The file that it was read from.</param>
    public static string? Suggest(Network network, string modelPath)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(modelPath);
        if (!network.ClassNames.IsEmpty || network.Heads.IsEmpty)
        {
            return null;
        }

        try
        {
            string[] fitting = [.. Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(modelPath))!, "*.names").Where(file => Fits(file, network))];
            return fitting is [var only]
                ? $"The classes of '{network.Name}' have no names; {Path.GetFileName(only)} beside it has as many. If it is theirs, say --names {only}."
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Fits(string file, Network network)
    {
        try
        {
            return !ClassNameFile.Read(file, network).IsEmpty;
        }
        catch (InputException)
        {
            return false;
        }
    }
}
