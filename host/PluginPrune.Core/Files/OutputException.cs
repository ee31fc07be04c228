namespace PluginPrune.Core.Files;

/// <summary>An output cannot be written where the user wants it. Exit code 2 where a file is in the way, else 1.</summary>
/// <param name="message">What is wrong, where, what to do.</param>
/// <param name="isInTheWay">Whether it is a file that exists and must not be overwritten.</param>
public sealed class OutputException(string message, bool isInTheWay) : IOException(message)
{
    /// <summary>Whether a file exists that must not be overwritten.</summary>
    public bool IsInTheWay { get; } = isInTheWay;
}
