using System.Collections.Immutable;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Contracts.Networks;

/// <summary>One operation in a network. It has one output, the value that bears the node's id.</summary>
/// <param name="Id">Unique among the nodes and inputs of a network, and stable: surgery keeps it. For instance '12.bn'.</param>
/// <param name="Operation">What is computed, with its tensors.</param>
/// <param name="Inputs">The values read, in the operation's order: ids of earlier nodes or names of network inputs.</param>
/// <param name="Origin">Where the user finds it.</param>
public sealed record Node(string Id, Operation Operation, ImmutableArray<string> Inputs, NodeOrigin Origin)
{
    /// <summary>What the format needs to write this node again.</summary>
    public Annotations Annotations { get; init; } = Annotations.None;

    /// <summary>The id and where it is, for instance '12.conv (layer 12 [convolutional], line 143)'.</summary>
    public override string ToString() => $"{Id} ({Origin})";
}
