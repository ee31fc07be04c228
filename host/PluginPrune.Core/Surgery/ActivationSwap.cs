using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Core.Surgery;

/// <summary>
/// Puts a cheaper activation in the place of those between a network's layers. The network computes something else then: it must be fine-tuned.
/// Gates and outputs, which are held between bounds by a sigmoid or the like, stay what they are.
/// </summary>
/// <param name="Name">What the activation is called on command lines.</param>
/// <param name="Activation">The activation.</param>
public sealed record ActivationSwap(string Name, Activation Activation)
{
    private static readonly ImmutableArray<ActivationSwap> All =
    [
        new("relu", new Activation(ActivationKind.Relu)),
        new("leaky", new Activation(ActivationKind.LeakyRelu)),
        new("relu6", new Activation(ActivationKind.Relu6)),
        new("hard-swish", new Activation(ActivationKind.HardSwish)),
        new("silu", new Activation(ActivationKind.Silu)),
    ];

    /// <summary>The names that there are.</summary>
    public static IEnumerable<string> Names => All.Select(static swap => swap.Name);

    /// <summary>The one with a name, or null.</summary>
    /// <param name="name">The name.</param>
    public static ActivationSwap? Find(string name) => All.FirstOrDefault(swap => swap.Name == name);

    /// <summary>How many activations of a network would become others.</summary>
    /// <param name="network">The network.</param>
    public int Count(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Nodes.Count(Changes);
    }

    /// <summary>The network with it.</summary>
    /// <param name="network">The network.</param>
    public Network Apply(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.With(network.Nodes.Select(node => Changes(node) ? node with { Operation = Activation } : node), network.Heads);
    }

    /// <summary>What its user must know.</summary>
    /// <param name="count">How many activations became others.</param>
    public string Warning(int count) => count == 0
        ? $"No activation became {Name}: there are none between the layers, or all of them are it."
        : $"{count} {(count == 1 ? "activation is" : "activations are")} {Name} now: the network computes something else and detects little or nothing until it is fine-tuned (host train).";

    private bool Changes(Node node) => node.Operation is Activation activation && activation != Activation && IsBetweenLayers(activation.Kind);

    // The others bound what they give: gates and outputs, whose range what follows relies on.
    private static bool IsBetweenLayers(ActivationKind kind) => kind is not (
        ActivationKind.Linear or ActivationKind.Sigmoid or ActivationKind.SymmetricSigmoid or ActivationKind.Tanh or ActivationKind.HardSigmoid
        or ActivationKind.HardTanh or ActivationKind.PiecewiseSigmoid or ActivationKind.LeakyHardTanh or ActivationKind.Stair);
}
