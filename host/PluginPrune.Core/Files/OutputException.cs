namespace PluginPrune.Core.Files;

/// <summary>An output cannot be written where the user wants it. Exit code 2 where another place must be named, else 1.</summary>
/// <param name="message">What is wrong, where, what to do.</param>
/// <param name="isBadPlace">Whether the place is at fault: a file is there that must not be overwritten, or its name cannot be.</param>
public sealed class OutputException(string message, bool isBadPlace) : IOException(message)
{
    /// <summary>Whether the place is at fault: a file is there that must not be overwritten, or its name cannot be.</summary>
    public bool IsBadPlace { get; } = isBadPlace;

    /// <summary>Whether another host writes there at this moment.</summary>
    public bool IsBusy { get; init; }
}
