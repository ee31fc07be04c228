using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>
/// [connected]: every output reads all of the input. It is read as the convolution that it is, with a kernel as large as the
/// map, so that what follows goes on seeing a map (of one place), as in Darknet.
/// </summary>
internal sealed class ConnectedSection : SectionType
{
    private const string DefaultActivation = "logistic";

    public override string Name => "connected";

    public override ImmutableArray<string> Aliases => ["conn"];

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        reader.RefuseSwitches("dontload", "dontloadscales");
        Shape input = reader.PreviousShape;
        int outputs = reader.AtLeast(1, "output", 1);
        if ((long)outputs * input.Count > int.MaxValue)
        {
            throw section.Fault(
                "output", $"layer {section.Index} [{section.Name}] has {outputs} outputs of {input.Count} inputs; more than 2^31 weights in a layer cannot be.");
        }

        bool hasNorm = section.Integer("batch_normalize", 0) != 0;
        WeightsSlot beta = reader.Weights(hasNorm ? "beta" : "bias", outputs);
        WeightsSlot weight = reader.Weights("weight", outputs, input.Channels, input.Height, input.Width);
        NormSlots? norm = hasNorm ? NormSlots.Read(reader, beta, outputs) : null;

        var output = new Shape(outputs, 1, 1);
        string value = reader.Add("connected", () => new Convolution(WeightOf(weight, reader.IsTransposed), hasNorm ? null : beta.ToTensor()), output, reader.Previous);
        return reader.AddActivation(norm?.AddTo(reader, value, output) ?? value, DefaultActivation);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        switch (node.Operation)
        {
            case Flatten when planner.Network.ConsumersOf(node.Id) is { IsEmpty: false } readers && readers.All(static reader => reader.Operation is Linear):
                // Flattening is part of the section that follows.
                planner.Skip(node);
                return null;
            case Linear linear:
                return Draft(node, planner, linear.Weight, linear.Bias);
            case Convolution convolution when CanBe(convolution, planner.ShapeOf(node.Inputs[0])) && IsNeeded(node, convolution):
                return Draft(node, planner, convolution.Weight, convolution.Bias);
            default:
                return null;
        }
    }

    private static Tensor WeightOf(WeightsSlot slot, bool isTransposed) =>
        isTransposed ? Tensor.FromFloats(slot.Shape, SectionWeights.Transpose(slot.Elements, slot.Count / slot.Shape[0])) : slot.ToTensor();

    private static bool CanBe(Convolution convolution, Shape input) =>
        convolution.Groups == 1 && convolution.Padding == default && convolution.Kernel == new Extent(input.Height, input.Width)
        && (convolution.Dilation == Extent.Square(1) || convolution.Kernel == Extent.Square(1));

    // [convolutional] says the others, as long as their kernel is square.
    private bool IsNeeded(Node node, Convolution convolution) =>
        SourceOf(node.Annotations) is not null || convolution.Kernel.Height != convolution.Kernel.Width;

    private SectionDraft Draft(Node node, Planner planner, Tensor weight, Tensor? bias)
    {
        Node? norm = planner.Follower(node, static operation => operation is BatchNorm);
        CfgSection? source = SourceOf(node.Annotations);
        ImmutableArray<Setting> activation = ActivationSettings(norm ?? node, planner, DefaultActivation, out string output);
        return new SectionDraft(this, node, output)
        {
            Source = source,
            Primary = [node.Inputs[0]],
            Settings =
            [
                new Setting("batch_normalize", norm is null ? "0" : "1", "0") { IsSwitch = true },
                new Setting("output", weight.Shape[0].ToString(CultureInfo.InvariantCulture), "1") { IsAlwaysWritten = true },
                .. activation,
            ],
            Weights = new SectionWeights { Weight = weight, Bias = bias, Norm = norm?.Operation as BatchNorm, IsConnected = true },
        };
    }
}
