namespace PluginPrune.Core.Plans;

/// <summary>One thing that is wrong with a plan.</summary>
/// <param name="Place">Where.</param>
/// <param name="Message">What was found and what was wanted.</param>
public sealed record PlanFault(PlanPlace Place, string Message)
{
    /// <summary>Whether the column is told in any case: what is wrong is a letter of the text, not a value.</summary>
    public bool IsSyntax { get; init; }

    /// <summary>Where and what, without the file.</summary>
    public override string ToString() =>
        Place == PlanPlace.None ? Message
        : IsSyntax ? $"{Place.WithColumn}: {Message}"
        : $"{Place}: {Message}";
}
