using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
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

    /// <summary>The section of a node that was kept as it is, with its tensors; null for others.</summary>
    protected SectionDraft? Keep(Node node, string? referenceKey = null) =>
        node.Operation is Opaque opaque && SourceOf(node.Annotations) is { } source
            ? new SectionDraft(this, node, node.Id)
            {
                Source = source,
                Primary = [node.Inputs[0]],
                References = node.Inputs.RemoveAt(0),
                ReferenceKey = referenceKey,
                Weights = new SectionWeights { Others = [.. opaque.Parameters.Select(static parameter => parameter.Tensor)] },
            }
            : null;

    /// <summary>What a section must say of the activation behind it, which is then taken; nothing where its text says it.</summary>
    protected ImmutableArray<Setting> ActivationSettings(Node last, Planner planner, string otherwise, out string output)
    {
        Node? activation = planner.Follower(last, static operation => operation is Activation && Activations.NameOf(operation) is not null);
        output = (activation ?? last).Id;
        Operation wanted = activation?.Operation ?? new Activation(ActivationKind.Linear);
        bool isSame = SourceOf(last.Annotations) is { } source && Activations.Find(source.Word("activation", otherwise)) == wanted;
        return isSame ? [] : [new Setting("activation", Activations.NameOf(wanted)!, otherwise) { IsAlwaysWritten = true }];
    }
}
