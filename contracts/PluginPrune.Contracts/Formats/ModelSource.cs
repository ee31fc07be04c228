namespace PluginPrune.Contracts.Formats;

/// <summary>The files that a network is read from.</summary>
/// <param name="ModelPath">The full path of the file that describes the network.</param>
/// <param name="WeightsPath">The full path of the file with the weights, or null where the user named none.</param>
/// <param name="Warn">Takes a sentence for the user about something odd that does not stop the work.</param>
public sealed record ModelSource(string ModelPath, string? WeightsPath, Action<string> Warn)
{
    /// <summary>How many threads may read at once; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Whether the network is to be trained from nothing: no weights are looked for, and what its tensors hold does not matter. A
    /// format that keeps both in one file reads them all the same.
    /// </summary>
    public bool IsUntrained { get; init; }

    /// <summary>
    /// Whether the network is to be run as its file has it, to be timed: what the file computes behind the heads, such as the decoding of
    /// boxes, stays a part of the network in place of being what is known of a head. Formats whose files end with the heads need not look.
    /// </summary>
    public bool IsWhole { get; init; }
}
