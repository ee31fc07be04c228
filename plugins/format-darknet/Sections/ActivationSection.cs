using System.Globalization;
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
        if (wanted is not Activation activation)
        {
            return null;
        }

        if (Activations.NameOf(wanted) is not { } name)
        {
            planner.Fail(node, activation.Kind == ActivationKind.LeakyRelu
                ? string.Create(CultureInfo.InvariantCulture, $"Darknet's leaky activation has the slope 0.1, its relie 0.01; this one has {activation.Slope}")
                : $"Darknet has no activation '{activation.Kind}'");
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
