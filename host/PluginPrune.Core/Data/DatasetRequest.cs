using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Data;

/// <summary>A dataset that is to be read, and how.</summary>
/// <param name="Choice">Where it is and who reads it.</param>
public sealed record DatasetRequest(DatasetChoice Choice)
{
    /// <summary>Which part.</summary>
    /// <value>The default is <see cref="DatasetSource.Validation"/>.</value>
    public string Split { get; init; } = DatasetSource.Validation;

    /// <summary>Whether the user named the part: then no other will do.</summary>
    public bool IsSplitNamed { get; init; }

    /// <summary>The format's options: names in kebab-case and values as text.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether pictures that cannot be used are passed over.</summary>
    public bool SkipBad { get; init; }
}
