using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Training.Parameters;

/// <summary>
/// All tensors of a network in one flat memory, by kinds, so that an optimizer moves each kind by one call. What an optimizer
/// remembers is laid out alike.
/// </summary>
internal sealed class ParameterSet : IDisposable
{
    // Each tensor starts on a multiple of 64 bytes.
    private const int Alignment = 16;

    private readonly Dictionary<(string Node, string Role), Parameter> _byRole = [];
    private readonly long[] _ends = new long[Enum.GetValues<ParameterKind>().Length];

    public ParameterSet(Network network, TrainingSettings settings, Device device)
    {
        Device = device;
        var found = new List<(Node Node, NamedTensor Tensor, ParameterKind Kind)>();
        foreach (Node node in network.Nodes)
        {
            foreach (NamedTensor tensor in node.Operation.Tensors)
            {
                found.Add((node, tensor, KindOf(node, tensor, settings)));
            }
        }

        long end = 0;
        foreach (ParameterKind kind in Enum.GetValues<ParameterKind>())
        {
            foreach ((Node node, NamedTensor tensor, _) in found.Where(one => one.Kind == kind))
            {
                _byRole.Add((node.Id, tensor.Role), new Parameter(node.Id, tensor.Role, tensor.Tensor.Shape, kind, end));
                end += (tensor.Tensor.Count + Alignment - 1) / Alignment * Alignment;
            }

            _ends[(int)kind] = end;
        }

        All = [.. found.Select(one => _byRole[(one.Node.Id, one.Tensor.Role)])];
        Values = torch.zeros(Math.Max(1, end), device).DetachFromDisposeScope();
        Gradients = Memory(ParameterKind.Norm);
        for (int i = 0; i < All.Length; i++)
        {
            All[i].Bind(Values, Gradients);
            All[i].Value.Fill(found[i].Tensor.Tensor.Floats);
        }
    }

    public Device Device { get; }

    /// <summary>In the network's order.</summary>
    public Parameter[] All { get; }

    public Tensor Values { get; }

    public Tensor Gradients { get; }

    public Parameter this[Node node, string role] => _byRole[(node.Id, role)];

    public Parameter? Find(string node, string role) => _byRole.GetValueOrDefault((node, role));

    /// <summary>Zeros, laid out as the kinds up to one are.</summary>
    public Tensor Memory(ParameterKind last) => torch.zeros(Math.Max(1, _ends[(int)last]), Device).DetachFromDisposeScope();

    /// <summary>Where a kind lies.</summary>
    public (long Start, long Count) Range(ParameterKind kind)
    {
        long start = kind == ParameterKind.Weight ? 0 : _ends[(int)kind - 1];
        return (start, _ends[(int)kind] - start);
    }

    /// <summary>The part of memory that holds the kinds up to one.</summary>
    public Tensor UpTo(Tensor memory, ParameterKind last) => memory.narrow(0, 0, _ends[(int)last]);

    /// <summary>Makes all gradients complete: what nothing was added to is zero.</summary>
    public void SettleGradients()
    {
        foreach (Parameter parameter in All)
        {
            parameter.SettleGradient();
        }
    }

    public void ForgetGradients()
    {
        foreach (Parameter parameter in All)
        {
            parameter.HasGradient = false;
        }
    }

    public void Dispose()
    {
        foreach (Parameter parameter in All)
        {
            parameter.Dispose();
        }

        Values.Dispose();
        Gradients.Dispose();
    }

    private static ParameterKind KindOf(Node node, NamedTensor tensor, TrainingSettings settings) => (node.Operation, tensor.Role) switch
    {
        _ when settings.Frozen.Contains(node.Id) => ParameterKind.Frozen,
        _ when !tensor.IsLearned => ParameterKind.Statistic,
        (BatchNorm, _) => ParameterKind.Norm,
        (_, "bias") => ParameterKind.Bias,
        _ => ParameterKind.Weight,
    };
}
