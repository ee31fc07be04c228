namespace PluginPrune.Contracts.Datasets;

/// <summary>Where a dataset is.</summary>
/// <param name="Path">The full path of a file or folder, or null for a dataset that is made and not read.</param>
/// <param name="Split">Which part, for instance 'train', 'val' or 'test'; formats understand the usual other spellings, such as 'valid'.</param>
/// <param name="Warn">Takes a sentence for the user about something odd that does not stop the work.</param>
public sealed record DatasetSource(string? Path, string Split, Action<string> Warn)
{
    /// <summary>The part that metrics are measured on.</summary>
    public const string Validation = "val";

    /// <summary>The part that networks are trained on.</summary>
    public const string Training = "train";

    /// <summary>Another held-out part, which some datasets have.</summary>
    public const string Test = "test";

    /// <summary>
    /// Whether the user named the part. Where not, a format takes the only part of a dataset that has no other, and warns of it.
    /// </summary>
    /// <value>The default is true: no other part will do.</value>
    public bool IsSplitNamed { get; init; } = true;
}
