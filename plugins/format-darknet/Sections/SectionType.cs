using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>
/// One kind of section: how it is read into nodes and which nodes it can be written for. A new kind of section is a new
/// class and a line in <see cref="SectionTypes"/>.
/// </summary>
internal abstract class SectionType
{
    /// <summary>The name that is written.</summary>
    public abstract string Name { get; }

    /// <summary>Other names that are read.</summary>
    public virtual ImmutableArray<string> Aliases => [];

    /// <summary>Adds the section's nodes.</summary>
    /// <returns>The value that the section gives.</returns>
    public abstract string Read(SectionReader reader);

    /// <summary>Plans a section that begins with a node.</summary>
    /// <returns>The section, or null where this kind of section does not begin with such a node.</returns>
    public virtual SectionDraft? Plan(Node node, Planner planner) => null;

    /// <summary>The section that a node or head came from, where it is of this type; its text is then kept.</summary>
    protected CfgSection? SourceOf(Annotations annotations) =>
        annotations.Find<CfgSection>() is { } section && SectionTypes.Find(section.Name) == this ? section : null;
}
