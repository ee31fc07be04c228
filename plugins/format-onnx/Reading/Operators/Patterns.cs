using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Activations that files spell out in several operators.</summary>
internal static class Patterns
{
    public const string Softplus = "Softplus";

    /// <summary>x times a function of x: SiLU, hard swish, mish.</summary>
    public static (Operation Operation, Value X)? GatedOf(OperatorScope s, Value left, Value right) =>
        GateOf(s, left, right) is { } one ? (new Activation(one), left)
        : GateOf(s, right, left) is { } other ? (new Activation(other), right)
        : null;

    /// <summary>A sixth of min(max(x + 3, 0), 6), perhaps times x: hard sigmoid and hard swish.</summary>
    public static (Operation Operation, Value X)? SixthOf(OperatorScope s, Value value, double scale)
    {
        if (Math.Abs(scale - (1.0 / 6)) > 1e-6 || s.NodeOf(value) is not { } node)
        {
            return null;
        }

        if (LiftedBy3(s, node) is { } lifted)
        {
            return (new Activation(ActivationKind.HardSigmoid), value with { Id = lifted });
        }

        if (node.Operation is not Multiply || node.Inputs is not [var one, var other])
        {
            return null;
        }

        string? x = IsGate(other, one) ? one : IsGate(one, other) ? other : null;
        return x is null ? null : (new Activation(ActivationKind.HardSwish), value with { Id = x });

        bool IsGate(string gate, string of) => s.Graph.Nodes.Find(gate) is { } found && LiftedBy3(s, found) == of;
    }

    private static ActivationKind? GateOf(OperatorScope s, Value x, Value gate)
    {
        if (!x.IsPlain || s.NodeOf(gate) is not { Operation: Activation { Kind: var kind } } node)
        {
            return null;
        }

        bool readsX = node.Inputs[0] == x.Id;
        return kind switch
        {
            ActivationKind.Sigmoid when readsX => ActivationKind.Silu,
            ActivationKind.HardSigmoid when readsX => ActivationKind.HardSwish,
            ActivationKind.Tanh when s.Graph.Nodes.Find(node.Inputs[0]) is { Operation: Opaque { Kind: Softplus } } softplus && softplus.Inputs[0] == x.Id => ActivationKind.Mish,
            _ => null,
        };
    }

    /// <summary>What min(max(x + 3, 0), 6) is made of, or null where a node is something else.</summary>
    private static string? LiftedBy3(OperatorScope s, Node node)
    {
        if (node.Operation is not Activation { Kind: ActivationKind.Relu6 } || s.Graph.Nodes.Find(node.Inputs[0]) is not { } sum)
        {
            return null;
        }

        bool adds3 = sum.Operation is CenterCrop { Scale: 1, Offset: 3 }
            || (sum.Operation is BatchNorm { Epsilon: 0 } norm && !norm.Beta.Floats.ContainsAnyExcept(3f) && !norm.Gamma.Floats.ContainsAnyExcept(1f) && !norm.Mean.Floats.ContainsAnyExcept(0f));
        return adds3 ? sum.Inputs[0] : null;
    }
}
