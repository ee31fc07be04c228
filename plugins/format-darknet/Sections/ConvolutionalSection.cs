using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[convolutional]: a convolution, its batch norm or bias, and its activation.</summary>
internal sealed class ConvolutionalSection : SectionType
{
    // Darknet's default here, unlike that of [shortcut] and others.
    private const string DefaultActivation = "logistic";

    public override string Name => "convolutional";

    public override ImmutableArray<string> Aliases => ["conv"];

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        reader.RefuseSwitches(
            "binary", "xnor", "flipped", "dontload", "dontloadscales", "numload", "antialiasing", "deform", "sway", "rotate", "stretch",
            "stretch_sway", "assisted_excitation", "coordconv");
        if (section.Find("share_index") is not null)
        {
            throw section.Fault("share_index", $"[{section.Name}] shares the weights of another layer (share_index), which is not supported.");
        }

        Shape input = reader.PreviousShape;
        int filters = reader.AtLeast(1, "filters", 1);
        int groups = reader.AtLeast(1, "groups", 1);
        CheckGroups(section, input, filters, groups);
        ConvolutionGeometry geometry = ReadGeometry(reader, input, filters);
        (long height, long width) = geometry.Output(input);
        var output = new Shape(filters, (int)height, (int)width);

        bool hasNorm = section.Integer("batch_normalize", 0) != 0 || section.Integer("cbn", 0) != 0;
        WeightsSlot beta = reader.Weights(hasNorm ? "beta" : "bias", filters);
        NormSlots? norm = hasNorm ? NormSlots.Read(reader, beta, filters) : null;
        WeightsSlot weight = reader.Weights("weight", filters, input.Channels / groups, geometry.Size, geometry.Size);

        string value = reader.Add(
            "conv",
            () => new Convolution(weight.ToTensor(), hasNorm ? null : beta.ToTensor())
            {
                Stride = new Extent(geometry.StrideY, geometry.StrideX),
                Padding = Padding.Same(geometry.Padding * geometry.Dilation),
                Dilation = Extent.Square(geometry.Dilation),
                Groups = groups,
            },
            output,
            reader.Previous);
        return reader.AddActivation(norm?.AddTo(reader, value, output) ?? value, DefaultActivation, allowsNormalization: true);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not Convolution convolution)
        {
            return null;
        }

        if (ConvolutionGeometry.Of(convolution, planner.ShapeOf(node.Inputs[0])) is not { } geometry)
        {
            planner.Fail(node, "a [convolutional] section needs a square kernel, one dilation and the same padding on all sides");
            return null;
        }

        Node last = node;
        var norm = planner.Follower(last, static operation => operation is BatchNorm);
        last = norm ?? last;
        var activation = planner.Follower(last, static operation => Activations.NameOf(operation) is not null);
        last = activation ?? last;

        CfgSection? source = SourceOf(node.Annotations);
        var settings = new List<Setting>
        {
            new("batch_normalize", norm is null ? "0" : "1", "0") { IsSwitch = true },
            new("filters", convolution.OutputChannels.ToString(CultureInfo.InvariantCulture), "1") { IsAlwaysWritten = true },
            new("groups", convolution.Groups.ToString(CultureInfo.InvariantCulture), "1"),
        };
        if (source is null || ConvolutionGeometry.Of(source) != geometry)
        {
            settings.AddRange(geometry.ToSettings());
        }

        AddActivation(settings, activation, source);
        if (norm is null && source is not null && source.Integer("cbn", 0) != 0)
        {
            settings.Add(new Setting("cbn", "0", "0"));
        }

        return new SectionDraft(this, node, last.Id)
        {
            Source = source,
            Primary = [node.Inputs[0]],
            Settings = [.. settings],
            Weights = new SectionWeights { Weight = convolution.Weight, Bias = convolution.Bias, Norm = norm?.Operation as BatchNorm },
        };
    }

    private static void AddActivation(List<Setting> settings, Node? activation, CfgSection? source)
    {
        Operation wanted = activation?.Operation ?? new Activation(ActivationKind.Linear);
        if (source is null || Activations.Find(source.Word("activation", DefaultActivation)) != wanted)
        {
            settings.Add(new Setting("activation", Activations.NameOf(wanted)!, DefaultActivation) { IsAlwaysWritten = true });
        }
    }

    private static void CheckGroups(CfgSection section, Shape input, int filters, int groups)
    {
        if (input.Rank != 3)
        {
            throw section.Fault(null, $"layer {section.Index} [{section.Name}] takes a feature map; what comes before it is {input}.");
        }

        if (filters % groups != 0 || input.Channels % groups != 0)
        {
            throw section.Fault(
                "groups", $"layer {section.Index} [{section.Name}] has groups = {groups}, which does not divide its {input.Channels} input channels and {filters} filters.");
        }
    }

    private static ConvolutionGeometry ReadGeometry(SectionReader reader, Shape input, int filters)
    {
        CfgSection section = reader.Section;
        reader.AtLeast(1, "size", 1);
        reader.AtLeast(1, "stride", 1);
        reader.AtLeast(1, "dilation", 1);
        reader.AtLeast(0, "padding", 0);
        ConvolutionGeometry geometry = ConvolutionGeometry.Of(section);
        if ((Int128)geometry.Padding * geometry.Dilation > int.MaxValue || (Int128)geometry.Size * geometry.Size * input.Channels * filters > int.MaxValue)
        {
            throw section.Fault(
                "size", $"layer {section.Index} [{section.Name}] has {filters} filters of {input.Channels} x {geometry.Size} x {geometry.Size}; more than 2^31 weights in a layer cannot be.");
        }

        (long height, long width) = geometry.Output(input);
        if (height < 1 || width < 1 || (Int128)height * width * filters > int.MaxValue)
        {
            throw section.Fault(
                null, $"layer {section.Index} [{section.Name}] would give {filters} x {height} x {width} from {input}; each must be at least 1 and together at most 2^31 elements.");
        }

        return geometry.IsConsistent(input)
            ? geometry
            : throw section.Fault(
                "dilation", $"layer {section.Index} [{section.Name}] has dilation {geometry.Dilation}, size {geometry.Size} and padding {geometry.Padding}: Darknet works out a size of its output that its convolution does not have. With dilation the padding must be (size - 1) / 2.");
    }
}
