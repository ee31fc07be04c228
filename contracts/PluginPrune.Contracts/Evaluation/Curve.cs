using System.Collections.Immutable;

namespace PluginPrune.Contracts.Evaluation;

/// <summary>A curve.</summary>
/// <param name="Name">What it is about, for instance a class.</param>
/// <param name="XName">What x is, for instance 'recall'.</param>
/// <param name="YName">What y is, for instance 'precision'.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">As many as x.</param>
public sealed record Curve(string Name, string XName, string YName, ImmutableArray<double> X, ImmutableArray<double> Y);
