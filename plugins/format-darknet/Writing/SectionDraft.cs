using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Sections;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>A section that is to be written: what it says and which values it reads and gives, not yet at which index.</summary>
internal sealed class SectionDraft
{
    public SectionDraft(SectionType type, Node node, string output)
    {
        Type = type;
        Origin = node.Annotations.Find<CfgSection>();
        Output = output;
    }

    public SectionDraft(SectionType type, Head head)
    {
        Type = type;
        Origin = head.Annotations.Find<CfgSection>();
        Output = head.Input;
        IsHead = true;
    }

    public SectionType Type { get; }

    /// <summary>The section that its first node came from, or null.</summary>
    public CfgSection? Origin { get; }

    /// <summary>The same, where it is of this type and its text can be kept.</summary>
    public CfgSection? Source { get; init; }

    /// <summary>The value that it gives; a head's is its input.</summary>
    public string Output { get; }

    public bool IsHead { get; }

    /// <summary>
    /// The values of which one must be what the section before gives. Where there are several, the others become references.
    /// Empty where the section does not read the one before it.
    /// </summary>
    public ImmutableArray<string> Primary { get; init; } = [];

    /// <summary>The values that it reads by their layer's index.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>The key that names the references.</summary>
    public string? ReferenceKey { get; init; }

    public ImmutableArray<Setting> Settings { get; init; } = [];

    /// <summary>What it puts into the .weights file, or null.</summary>
    public SectionWeights? Weights { get; init; }
}
