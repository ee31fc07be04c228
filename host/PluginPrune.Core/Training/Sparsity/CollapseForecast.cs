using System.Globalization;

namespace PluginPrune.Core.Training;

/// <summary>When scales will have fallen if nothing but the penalty moves them, told before a training begins.</summary>
/// <param name="Scale">The scale that is looked at: of those that are to go the largest, as it is now.</param>
/// <param name="Strength">How strongly it is pulled.</param>
/// <param name="Epochs">The epochs of the training.</param>
/// <param name="Collapse">After how many epochs it is small, 0 where it is already; null where it is not within the training.</param>
/// <param name="Travel">How far it moves in the whole training.</param>
/// <param name="PlannedEpoch">By when it shall be small, above 0.</param>
/// <param name="Recommended">The strength that makes it small by then, or null where it is small already.</param>
public sealed record CollapseForecast(double Scale, double Strength, int Epochs, double? Collapse, double Travel, double PlannedEpoch, double? Recommended)
{
    /// <summary>One or two sentences.</summary>
    public string Text => this switch
    {
        { Collapse: 0 } => Write($"The scales that are to go are small already: the largest of them is {Scale:G3}."),
        { Collapse: { } epoch } => Write(
            $"With strength {Strength:G3} the scales that are to go, up to {Scale:G3}, fall below {CollapseForecaster.Small} after {epoch:F1} of {Epochs} epochs, later where the loss holds them. {Advice}"),
        _ => Write(
            $"With strength {Strength:G3} the scales that are to go, up to {Scale:G3}, will not fall: {Epochs} epochs move a scale by {Travel:G3} at most. {Advice}"),
    };

    private string Advice => Write($"For epoch {PlannedEpoch:F1} a strength of {Recommended:G2} is needed.");

    private static string Write(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
