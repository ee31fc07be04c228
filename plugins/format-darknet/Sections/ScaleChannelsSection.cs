using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[scale_channels]: an earlier layer times the factors of the layer before, one a channel (squeeze and excite).</summary>
internal sealed class ScaleChannelsSection : SectionType
{
    public override string Name => "scale_channels";

    public override string Read(SectionReader reader)
    {
        var sources = reader.Resolve("from");
        if (sources.Length != 1)
        {
            throw reader.Section.Fault("from", $"[scale_channels] names {sources.Length} layers in from; it takes one.");
        }

        bool isByPlace = reader.Section.Integer("scale_wh", 0) != 0;
        Shape value = reader.ShapeOf(sources[0]);
        Shape factor = reader.PreviousShape;
        Shape wanted = isByPlace ? value.WithChannels(1) : new Shape(value.Channels, 1, 1);
        if (factor != wanted)
        {
            throw reader.Section.Fault(
                isByPlace ? "scale_wh" : "from", $"layer {reader.Section.Index} [scale_channels] scales {value} by {factor}; the layer before it must be {wanted}.");
        }

        return reader.AddActivation(reader.Add("mul", new Multiply(), sources[0], reader.Previous), "linear");
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not Multiply)
        {
            return null;
        }

        Shape value = planner.ShapeOf(node.Inputs[0]);
        Shape factor = planner.ShapeOf(node.Inputs[1]);
        bool isByChannel = value.Rank == 3 && factor == new Shape(value.Channels, 1, 1);
        if (!isByChannel && (value.Rank != 3 || factor != value.WithChannels(1)))
        {
            planner.Fail(node, $"[scale_channels] takes one factor a channel or one a place, not {factor} for {value}");
            return null;
        }

        Node? activation = planner.Follower(node, static operation => operation is Activation && Activations.NameOf(operation) is not null);
        Operation wanted = activation?.Operation ?? new Activation(ActivationKind.Linear);
        CfgSection? source = SourceOf(node.Annotations);
        bool isSame = source is not null && Activations.Find(source.Word("activation", "linear")) == wanted;
        var byPlace = new Setting("scale_wh", isByChannel ? "0" : "1", "0") { IsSwitch = true };
        return new SectionDraft(this, node, (activation ?? node).Id)
        {
            Source = source,
            Primary = [node.Inputs[1]],
            References = [node.Inputs[0]],
            ReferenceKey = "from",
            Settings = isSame ? [byPlace] : [byPlace, new Setting("activation", Activations.NameOf(wanted)!, "linear") { IsAlwaysWritten = true }],
        };
    }
}
