using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Sections;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;

namespace PluginPrune.FormatDarknet.Reading;

/// <summary>
/// Builds a network from the sections of a cfg file. Shapes and the layout of the weights are worked out first; operations
/// that hold tensors are made at the end, when the weights are read.
/// </summary>
/// <param name="document">The cfg file.</param>
/// <param name="options">The format's options.</param>
/// <param name="warn">Takes a sentence for the user.</param>
internal sealed class NetworkBuilder(CfgDocument document, DarknetOptions options, Action<string> warn)
{
    public const string InputName = "input";

    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly List<Func<Node>> _nodes = [];
    private readonly List<Head> _heads = [];
    private readonly List<string> _outputs = [];
    private NetworkInput? _input;

    public WeightsLayout Weights { get; } = new(options.Cutoff);

    /// <summary>The header of the weights; known when nodes are made.</summary>
    public WeightsHeader Header { get; private set; } = WeightsHeader.Current;

    public DarknetOptions Options { get; } = options;

    public Action<string> Warn { get; } = warn;

    /// <summary>The value that each section read so far gives.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <exception cref="CfgException">A section is unknown or asks for what cannot be.</exception>
    public void ReadSections()
    {
        _input = ReadInput(document.Net);
        _shapes[InputName] = _input.Shape;
        if (document.Layers.IsEmpty)
        {
            throw new CfgException(null, "it has no section after [net]: there is no network in it.");
        }

        foreach (CfgSection section in document.Layers)
        {
            SectionType type = SectionTypes.Find(section.Name) ?? throw new CfgException(
                section.Line,
                $"[{CfgFile.Readable(section.Name)}] is no section that can be read; these are: {SectionTypes.Names}.");
            _outputs.Add(type.Read(new SectionReader(section, this)));
        }

        FindClassifier();
        CheckCutoff();
    }

    /// <summary>Makes the network; the tensors of <see cref="Weights"/> must be read.</summary>
    public Network Build(string name, WeightsHeader header)
    {
        Header = header;
        return new(name, [_input!], _nodes.Select(static make => make()), _heads)
        {
            Annotations = Annotations.None.With(document).With(header),
        };
    }

    public Shape ShapeOf(string value) => _shapes[value];

    /// <summary>Whether a section is a head: in Darknet its output is decoded, here it passes its input on.</summary>
    public bool IsHead(int index) => _heads.Exists(head => head.Annotations.Find<CfgSection>()!.Index == index);

    /// <summary>Adds a node whose operation is made when the weights are read.</summary>
    public string Add(
        CfgSection section, string suffix, Func<Operation> make, Shape output, ImmutableArray<string> inputs, Func<Annotations, Annotations>? annotate = null)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"{section.Index}.{suffix}");
        _shapes.Add(id, output);
        _nodes.Add(() =>
        {
            Annotations annotations = Annotations.None.With(section);
            return new Node(id, make(), inputs, OriginOf(section)) { Annotations = annotate?.Invoke(annotations) ?? annotations };
        });
        return id;
    }

    public void AddHead(CfgSection section, string kind, string input, ImmutableSortedDictionary<string, ImmutableArray<double>> parameters) =>
        _heads.Add(new Head(string.Create(CultureInfo.InvariantCulture, $"{section.Index}.{kind}"), kind, input, parameters, OriginOf(section))
        {
            Annotations = Annotations.None.With(section),
        });

    /// <summary>A network without heads that ends in a softmax over one number a class says what the whole picture shows; its logits are what is learned from.</summary>
    private void FindClassifier()
    {
        int last = document.Layers.Length - 1;
        while (last > 0 && SectionTypes.Find(document.Layers[last].Name) is CostSection)
        {
            last--;
        }

        if (_heads.Count == 0
            && last > 0
            && SectionTypes.Find(document.Layers[last].Name) is SoftmaxSection
            && _outputs[last].EndsWith($".{SoftmaxSection.Suffix}", StringComparison.Ordinal)
            && _shapes[_outputs[last - 1]] is { ElementsPerChannel: 1 } logits)
        {
            AddHead(
                document.Layers[last], SoftmaxSection.HeadKind, _outputs[last - 1], ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [logits.Channels]));
        }
    }

    private void CheckCutoff()
    {
        if (Options.Cutoff > document.Layers.Length)
        {
            throw new CfgException(null, $"--cutoff {Options.Cutoff} is more than its {document.Layers.Length} layers.");
        }

        if (Weights.Missing.Count > 0)
        {
            int layers = Weights.Missing.Select(static slot => slot.Section).Distinct().Count();
            Warn($"--cutoff {Options.Cutoff}: {layers} layers from layer {Weights.Missing[0].Section.Index} on are not in the weights file and begin untrained: biases 0, scales 1, weights at random (seeded).");
        }
    }

    private static NodeOrigin OriginOf(CfgSection section) =>
        new(section.Index.ToString(CultureInfo.InvariantCulture), section.Name, section.Line);

    /// <summary>Whether a [net] section says its input as a vector.</summary>
    public static bool IsVector(CfgSection net) =>
        net.Find("inputs") is not null && net.Find("height") is null && net.Find("width") is null && net.Find("channels") is null;

    private static NetworkInput ReadInput(CfgSection net)
    {
        // Networks on text have no picture: a vector is a map of one place.
        bool isVector = IsVector(net);
        int channels = isVector ? net.Integer("inputs", 0) : net.Integer("channels", 3);
        int height = isVector ? 1 : RequireExtent(net, "height");
        int width = isVector ? 1 : RequireExtent(net, "width");
        if (channels < 1)
        {
            string key = isVector ? "inputs" : "channels";
            throw net.Fault(key, $"[{net.Name}] has {key} = {channels}; it must be at least 1.");
        }

        if ((Int128)channels * height * width > int.MaxValue)
        {
            throw net.Fault("height", $"[{net.Name}] asks for an input of {channels} x {height} x {width}; more than 2^31 elements cannot be.");
        }

        Preprocessing preprocessing = Preprocessing.Darknet with
        {
            Order = channels == 1 ? ChannelOrder.Grey : ChannelOrder.Rgb,
            Resize = net.Integer("letter_box", 0) != 0 ? ResizeMode.Letterbox : ResizeMode.Stretch,

            // Darknet fills the border with 0.5.
            Padding = 128,
        };
        return new NetworkInput(InputName, new Shape(channels, height, width), preprocessing);
    }

    private static int RequireExtent(CfgSection net, string key)
    {
        int extent = net.Integer(key, 0);
        return extent >= 1
            ? extent
            : throw net.Fault(key, $"[{net.Name}] has {(net.Find(key) is null ? $"no {key}" : $"{key} = {extent}")}; the input's {key} in pixels must be given, for instance {key}=416.");
    }
}
