using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Sections;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;

namespace PluginPrune.FormatDarknet.Reading;

/// <summary>What a section type reads its section with: the options, the values before it, and where nodes go.</summary>
/// <param name="section">The section.</param>
/// <param name="builder">The network so far.</param>
internal sealed class SectionReader(CfgSection section, NetworkBuilder builder)
{
    public CfgSection Section { get; } = section;

    public DarknetOptions Options => builder.Options;

    /// <summary>The value that the section before gives.</summary>
    public string Previous => builder.Outputs.Count == 0 ? NetworkBuilder.InputName : builder.Outputs[^1];

    public Shape PreviousShape => builder.ShapeOf(Previous);

    public Shape ShapeOf(string value) => builder.ShapeOf(value);

    public void Warn(string sentence) =>
        builder.Warn(string.Create(CultureInfo.InvariantCulture, $"Line {Section.Line}, layer {Section.Index} [{Section.Name}]: {sentence}"));

    /// <summary>A whole number that must not be below a bound.</summary>
    public int AtLeast(int minimum, string key, int otherwise)
    {
        int value = Section.Integer(key, otherwise);
        return value >= minimum ? value : throw Section.Fault(key, $"[{Section.Name}] has {key} = {value}; it must be at least {minimum}.");
    }

    /// <summary>Refuses options that change what the section computes or how its weights lie, and that nobody here knows.</summary>
    public void RefuseSwitches(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (Section.Number(key, 0) != 0)
            {
                throw Section.Fault(key, $"[{Section.Name}] has {key} = {Section.Text(key)}, which changes the network in a way that is not supported.");
            }
        }
    }

    /// <summary>The values that a list of references names.</summary>
    public ImmutableArray<string> Resolve(string key)
    {
        if (Section.Integers(key) is not { Length: > 0 } references)
        {
            throw Section.Fault(key, $"[{Section.Name}] has no {key}; it must name the layers that it reads, for instance {key}=-1.");
        }

        return [.. references.Select(reference => Resolve(key, reference))];
    }

    /// <summary>Adds a node and checks its shapes.</summary>
    public string Add(string suffix, Operation operation, params ImmutableArray<string> inputs) =>
        builder.Add(Section, suffix, () => operation, Infer(operation, inputs), inputs);

    /// <summary>The shape that an operation gives.</summary>
    public Shape Infer(Operation operation, params ImmutableArray<string> inputs)
    {
        try
        {
            return operation.InferShape([.. inputs.Select(builder.ShapeOf)]);
        }
        catch (Exception error) when (error is ShapeException or ArgumentOutOfRangeException or OverflowException)
        {
            string problem = error is ShapeException ? error.Message : "its output would hold more than 2^31 elements.";
            throw Section.Fault(null, $"layer {Section.Index} [{Section.Name}]: {problem}");
        }
    }

    /// <summary>Adds a node whose tensors are not there yet.</summary>
    public string Add(string suffix, Func<Operation> make, Shape output, string input) => Add(suffix, make, output, [input], annotate: null);

    /// <summary>Adds a node whose tensors are not there yet, with annotations beside its section.</summary>
    public string Add(string suffix, Func<Operation> make, Shape output, ImmutableArray<string> inputs, Func<Annotations, Annotations>? annotate) =>
        builder.Add(Section, suffix, make, output, inputs, annotate);

    /// <summary>Adds a node that is kept as it is: no operation says what the section computes.</summary>
    public string AddOpaque(Shape output, ImmutableArray<WeightsSlot> weights, params ImmutableArray<string> inputs) =>
        builder.Add(
            Section,
            "opaque",
            () => new Opaque(Section.Name, output, [.. weights.Select(static slot => new NamedTensor(slot.Role, slot.ToTensor(), IsLearned: slot.Role is not ("mean" or "variance")))]),
            output,
            inputs);

    /// <summary>A shape, or a fault where it would be empty or too large.</summary>
    public Shape CheckedShape(long channels, long height, long width) =>
        channels >= 1 && height >= 1 && width >= 1 && (Int128)channels * height * width <= int.MaxValue
            ? new Shape((int)channels, (int)height, (int)width)
            : throw Section.Fault(
                null, $"layer {Section.Index} [{Section.Name}] would give {channels} x {height} x {width} from {PreviousShape}; each must be at least 1 and together at most 2^31 elements.");

    /// <summary>Adds what an 'activation' option asks for; nothing for 'linear'.</summary>
    public string AddActivation(string input, string otherwise, bool allowsNormalization = false)
    {
        string name = Section.Word("activation", otherwise);
        Operation operation = Activations.Find(name) is { } known && (allowsNormalization || known is not ChannelNormalization)
            ? known
            : throw Section.Fault("activation", $"[{Section.Name}] has activation = '{CfgFile.Readable(name)}'; it must be one of {Activations.Names(allowsNormalization)}.");
        return operation is Activation { Kind: ActivationKind.Linear } ? input : Add("act", operation, input);
    }

    /// <summary>Whether the weights of [connected] sections lie transposed; known when operations are made.</summary>
    public bool IsTransposed => builder.Header.IsTransposed;

    public WeightsSlot Weights(string role, params ReadOnlySpan<int> extents) => builder.Weights.Add(Section, role, extents);

    public void AddHead(string kind, ImmutableSortedDictionary<string, ImmutableArray<double>> parameters) =>
        builder.AddHead(Section, kind, Previous, parameters);

    private string Resolve(string key, int reference)
    {
        long target = reference < 0 ? (long)Section.Index + reference : reference;
        if (target < 0 || target >= Section.Index)
        {
            throw Section.Fault(
                key, $"layer {Section.Index} [{Section.Name}] refers with {key} = {reference} to layer {target}; only the layers before it, 0 to {Section.Index - 1}, can be read.");
        }

        if (builder.IsHead((int)target))
        {
            Warn($"it reads layer {target}, a head; it is taken to read what that head reads.");
        }

        return builder.Outputs[(int)target];
    }
}
