namespace PluginPrune.Contracts.Datasets;

/// <summary>Something that is wrong with a dataset.</summary>
/// <param name="Severity">Whether the picture can be used all the same.</param>
/// <param name="Kind">What it is in a few words without names or numbers, the same for all of its kind, for instance 'degenerate box'.</param>
/// <param name="File">The file at fault as the user finds it.</param>
/// <param name="Line">The 1-based line in it, or null.</param>
/// <param name="Message">What was found, what was wanted and what became of it, as a sentence.</param>
public sealed record DatasetFault(FaultSeverity Severity, string Kind, string File, int? Line, string Message)
{
    /// <summary>For instance 'labels/7.txt, line 3: The box is 0 wide; it was left out.'.</summary>
    public override string ToString() => Line is { } line ? $"{File}, line {line}: {Message}" : $"{File}: {Message}";
}
