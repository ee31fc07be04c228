using System.Globalization;

namespace PluginPrune.Core.Training;

/// <summary>When scales will have fallen, told before a sparse training begins.</summary>
public sealed record CollapseForecast
{
    /// <summary>The largest of the scales that are to go, as it is now.</summary>
    public required double Scale { get; init; }

    /// <summary>How strongly scales are pulled.</summary>
    public required double Strength { get; init; }

    /// <summary>The share of channels that is to go, 0 to below 1.</summary>
    public required double Ratio { get; init; }

    /// <summary>The epochs of the training.</summary>
    public required int Epochs { get; init; }

    /// <summary>After how many epochs as many scales are below 0.01 as are to go, 0 where they are already; null where that does not happen in the training.</summary>
    public required double? Collapse { get; init; }

    /// <summary>The share of scales that are below 0.01 at the end, 0 to 1.</summary>
    public required double Small { get; init; }

    /// <summary>How far the pull moves a scale in the whole training where nothing holds it.</summary>
    public required double Travel { get; init; }

    /// <summary>By when they should be small, so that the rest of the training gets back what their fall took.</summary>
    public required double PlannedEpoch { get; init; }

    /// <summary>The least strength that makes them small by then; null where they are small already or hardly later, or where none does.</summary>
    public required double? Recommended { get; init; }

    /// <summary>Whether it was measured how the loss holds scales; else they are taken to fall freely.</summary>
    public required bool KnowsLoss { get; init; }

    /// <summary>Whether hardly any scale becomes small.</summary>
    public bool IsTooWeak => Collapse is null && Small < Ratio / 2;

    /// <summary>Whether most of the channels fall that are to stay.</summary>
    public bool IsTooStrong => KnowsLoss && Collapse is > 0 && Small > (1 + Ratio) / 2;

    /// <summary>One to three sentences.</summary>
    public string Text => Collapse switch
    {
        0 => Write($"The {Ratio:P0} of the scales that are to go are below 0.01 already."),
        { } epoch => Write($"Forecast: with strength {Strength:G3}, {Ratio:P0} of the scales, now up to {Scale:G3}, are below 0.01 after {epoch:0.0} of {Duration}{Reserve}; {Small:P0} at the end.{Advice}"),
        _ => Write($"Forecast: with strength {Strength:G3}, {Small:P0} of the scales are below 0.01 at the end of {Duration}, where {Ratio:P0} are to go; the pull moves a scale by {Travel:G3} in all.{Advice}"),
    };

    /// <summary>What is to be warned of; null for nothing.</summary>
    public string? Warning => (IsTooWeak, IsTooStrong, Recommended) switch
    {
        (true, _, { } strength) => Write($"A strength of {Strength:G3} is too weak to make {Ratio:P0} of the scales small in {Duration}. Try {strength:G2}, or train for longer."),
        (true, _, null) => Write($"With this scheduler no strength makes {Ratio:P0} of the scales small in {Duration} at this learning rate. Train for longer, with a higher rate, or with a scheduler that leaves exact zeros, such as proximal."),
        (_, true, { } strength) when strength < Strength => Write($"A strength of {Strength:G3} takes {Small:P0} of the channels, where {Ratio:P0} are to go: little of the network will be left. Try {strength:G2}."),
        _ => null,
    };

    private string Duration => Epochs == 1 ? "1 epoch" : Write($"{Epochs} epochs");

    private string Reserve => KnowsLoss ? string.Empty : ", later where the loss holds them";

    private string Advice => Recommended is { } strength ? Write($" The least strength that gets there by epoch {PlannedEpoch:0.#} is {strength:G2}.") : string.Empty;

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
