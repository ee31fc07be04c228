using System.Collections.Immutable;

namespace PluginPrune.Contracts.Engines;

/// <summary>What an engine runs on.</summary>
/// <param name="Library">The library and its version, for instance 'libtorch 2.11.0'.</param>
/// <param name="Path">The full path of the library, or null for one that is part of the plugin.</param>
/// <param name="Threads">How many threads compute at once.</param>
/// <param name="Devices">What it can compute on, the one in use first, for instance 'cpu' and 'cuda:0 (NVIDIA H100)'.</param>
public sealed record EngineDescription(string Library, string? Path, int Threads, ImmutableArray<string> Devices);
