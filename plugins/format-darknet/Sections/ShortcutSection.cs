using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[shortcut]: the layer before plus one or more earlier layers.</summary>
internal sealed class ShortcutSection : SectionType
{
    public override string Name => "shortcut";

    public override string Read(SectionReader reader)
    {
        string weights = reader.Section.Word("weights_type", "none");
        if (weights != "none")
        {
            throw reader.Section.Fault("weights_type", $"[shortcut] has weights_type = '{CfgFile.Readable(weights)}'; only none is supported.");
        }

        string sum = reader.Add("add", new Add(), [reader.Previous, .. reader.Resolve("from")]);
        return reader.AddActivation(sum, "linear");
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not Add)
        {
            return null;
        }

        Node? activation = planner.Follower(node, static operation => operation is Activation && Activations.NameOf(operation) is not null);
        Operation wanted = activation?.Operation ?? new Activation(ActivationKind.Linear);
        CfgSection? source = SourceOf(node.Annotations);
        bool isSame = source is not null && Activations.Find(source.Word("activation", "linear")) == wanted;
        return new SectionDraft(this, node, (activation ?? node).Id)
        {
            Source = source,
            Primary = node.Inputs,
            ReferenceKey = "from",
            Settings = isSame ? [] : [new Setting("activation", Activations.NameOf(wanted)!, "linear") { IsAlwaysWritten = true }],
        };
    }
}
