namespace PluginPrune.Contracts.Training;

/// <summary>What a step met.</summary>
/// <param name="GradientNorm">The Euclidean norm of all gradients together, before it was limited, penalties left out.</param>
/// <param name="IsFinite">
/// Whether every gradient was finite; where one was not, nothing moved. In mixed precision that happens now and then and is no
/// fault: the session scales gradients down, and the next batch goes on.
/// </param>
public readonly record struct StepResult(double GradientNorm, bool IsFinite);
