namespace PluginPrune.Cli.Bench;

/// <summary>A model that a command line names.</summary>
/// <param name="Model">The file that describes the network, as it was given.</param>
/// <param name="Weights">The file with the weights, or null for the one beside it.</param>
internal sealed record BenchModel(string Model, string? Weights);
