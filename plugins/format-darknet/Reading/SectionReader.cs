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
    public string Add(string suffix, Operation operation, params ImmutableArray<string> inputs)
    {
        try
        {
            Shape output = operation.InferShape([.. inputs.Select(builder.ShapeOf)]);
            return builder.Add(Section, suffix, () => operation, output, inputs);
        }
        catch (Exception error) when (error is ShapeException or ArgumentOutOfRangeException or OverflowException)
        {
            string problem = error is ShapeException ? error.Message : "its output would hold more than 2^31 elements.";
            throw Section.Fault(null, $"layer {Section.Index} [{Section.Name}]: {problem}");
        }
    }

    /// <summary>Adds a node whose tensors are not there yet.</summary>
    public string Add(string suffix, Func<Operation> make, Shape output, string input) => builder.Add(Section, suffix, make, output, [input]);

    /// <summary>Adds what an 'activation' option asks for; nothing for 'linear'.</summary>
    public string AddActivation(string input, string otherwise, bool allowsNormalization = false)
    {
        string name = Section.Word("activation", otherwise);
        Operation operation = Activations.Find(name) is { } known && (allowsNormalization || known is not ChannelNormalization)
            ? known
            : throw Section.Fault("activation", $"[{Section.Name}] has activation = '{CfgFile.Readable(name)}'; it must be one of {Activations.Names(allowsNormalization)}.");
        return operation is Activation { Kind: ActivationKind.Linear } ? input : Add("act", operation, input);
    }

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
