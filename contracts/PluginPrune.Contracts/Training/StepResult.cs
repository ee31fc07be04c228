namespace PluginPrune.Contracts.Training;

/// <summary>What a step met.</summary>
/// <param name="GradientNorm">The Euclidean norm of all gradients together, before it was limited, penalties left out.</param>
/// <param name="IsFinite">
/// Whether every gradient was finite; where one was not, nothing moved.
/// </param>
public readonly record struct StepResult(double GradientNorm, bool IsFinite)
{
    /// <summary>
    /// Whether gradients were only too large for the precision that the session computes them in, which happens now and then in mixed
    /// precision and is no fault: it scales them down from now on, and the next batch goes on. False where nothing is left to be scaled down.
    /// </summary>
    public bool IsOverflow { get; init; }
}
