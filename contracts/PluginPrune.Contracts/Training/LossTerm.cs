namespace PluginPrune.Contracts.Training;

/// <summary>A part of a loss.</summary>
/// <param name="Name">In a word, for instance 'box', 'objectness', 'class'.</param>
/// <param name="Value">Weighted as it counts in the sum.</param>
public readonly record struct LossTerm(string Name, double Value);
