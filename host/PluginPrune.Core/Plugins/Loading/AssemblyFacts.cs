namespace PluginPrune.Core.Plugins;

/// <summary>What a compiled plugin says of itself, read from its bytes without loading it.</summary>
/// <param name="Contracts">The contracts that it refers to, or null where it refers to none.</param>
/// <param name="Framework">The .NET that it was built for, or null where it does not say.</param>
/// <param name="EntryFault">Why the entry type cannot be one, or null.</param>
internal sealed record AssemblyFacts(Version? Contracts, Version? Framework, string? EntryFault);
