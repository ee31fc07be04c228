using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[activation]: an activation of its own.</summary>
internal sealed class ActivationSection : SectionType
{
    public override string Name => "activation";

    public override string Read(SectionReader reader)
    {
        string value = reader.AddActivation(reader.Previous, "linear");

        // Every section must leave a node behind, or it would be lost when the network is written.
        return value == reader.Previous ? reader.Add("act", new Identity(), reader.Previous) : value;
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        CfgSection? source = SourceOf(node.Annotations);
        Operation wanted = node.Operation is Identity && source is not null ? new Activation(ActivationKind.Linear) : node.Operation;
        if (wanted is not Activation)
        {
            return null;
        }

        if (Activations.NameOf(wanted) is not { } name)
        {
            planner.Fail(node, "Darknet has no such activation");
            return null;
        }

        bool isSame = source is not null && Activations.Find(source.Word("activation", "linear")) == wanted;
        return new SectionDraft(this, node, node.Id)
        {
            Source = source,
            Primary = [node.Inputs[0]],
            Settings = isSame ? [] : [new Setting("activation", name, "linear") { IsAlwaysWritten = true }],
        };
    }
}
