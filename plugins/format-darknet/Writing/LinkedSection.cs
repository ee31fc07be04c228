using System.Collections.Immutable;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>A section at its place in the file, its references worked out.</summary>
/// <param name="Name">The name between the brackets.</param>
/// <param name="Draft">What it was planned as, or null where it only carries a value to where it is needed.</param>
/// <param name="Settings">What it says, references included.</param>
internal sealed record LinkedSection(string Name, SectionDraft? Draft, ImmutableArray<Setting> Settings);
