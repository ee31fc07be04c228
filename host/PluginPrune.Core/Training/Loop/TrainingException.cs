namespace PluginPrune.Core.Training;

/// <summary>A training cannot go on, or cannot begin.</summary>
/// <param name="message">What was found, where, and what to do.</param>
public sealed class TrainingException(string message) : Exception(message)
{
    /// <summary>Whether a number ceased to be finite on the way: what was complete before is good.</summary>
    public bool IsDivergence { get; init; }
}
