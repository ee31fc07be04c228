namespace PluginPrune.Core.Training;

/// <summary>The rates of one optimizer step.</summary>
/// <param name="LearningRate">Of weights, scales and shifts.</param>
/// <param name="BiasRate">Of biases.</param>
/// <param name="Momentum">The momentum.</param>
public readonly record struct StepRate(double LearningRate, double BiasRate, double Momentum);
