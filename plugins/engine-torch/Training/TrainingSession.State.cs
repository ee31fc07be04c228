using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Training.Parameters;
using Numbers = PluginPrune.Contracts.Networks.Tensor;

namespace PluginPrune.EngineTorch.Training;

/// <content>What comes out of a session and goes in again.</content>
internal sealed partial class TrainingSession
{
    // No node's tensor is named so: those have a point before the role.
    private const string Counters = "/counters";

    public Network Read(TrainedWeights weights)
    {
        Enter();
        Tensor memory = weights == TrainedWeights.Current
            ? _parameters.Values
            : _optimizer.Average ?? throw new InvalidOperationException("No step kept a moving average: set the decay of one in the steps' settings.");
        return _network.With(_network.Nodes.Select(node => Read(node, memory)), _network.Heads);
    }

    public Numbers ReadGradient(string node, string role)
    {
        Enter();
        Parameter parameter = _parameters.Find(node, role) is { } found && IsLearned(node, role)
            ? found
            : throw new ArgumentException($"The network has no learned tensor '{role}' at a node '{node}'.", nameof(role));
        float[] gradient = parameter.ReadGradient();
        if (_scale.Value != 1)
        {
            foreach (ref float number in gradient.AsSpan())
            {
                number = (float)(number / _scale.Value);
            }
        }

        return Numbers.FromFloats(parameter.Shape, gradient);
    }

    public TrainingState Snapshot()
    {
        Enter();
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, Numbers>(StringComparer.Ordinal);
        foreach ((string name, Parameter parameter, Tensor memory) in Memories(_optimizer.Average))
        {
            tensors.Add(name, Read(parameter, memory));
        }

        tensors.Add(Counters, Numbers.FromIntegers(new Shape(3), [_forwards, BitConverter.DoubleToInt64Bits(_scale.Value), _scale.Steps]));
        return new TrainingState(_steps, tensors.ToImmutable());
    }

    public void Restore(TrainingState state)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(state);
        bool hasAverage = state.Tensors.Keys.Any(static name => name.EndsWith("/average", StringComparison.Ordinal));
        Tensor? average = hasAverage ? _optimizer.KeepAverage() : null;
        (string Name, Parameter Parameter, Tensor Memory)[] memories = [.. Memories(average)];
        foreach ((string name, Parameter parameter, _) in memories)
        {
            Find(state, name, ElementType.F32, parameter.Shape);
        }

        long[] counters = [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(Find(state, Counters, ElementType.I64, new Shape(3)).Bytes)];
        foreach ((string name, Parameter parameter, Tensor memory) in memories)
        {
            using Tensor view = parameter.View(memory);
            view.Fill(state.Tensors[name].Floats);
        }

        if (!hasAverage)
        {
            _optimizer.ForgetAverage();
        }

        EndRun();
        _parameters.ForgetGradients();
        _steps = state.Steps;
        _forwards = counters[0];
        _scale.Set(BitConverter.Int64BitsToDouble(counters[1]), counters[2]);
        _isBroken = false;
    }

    private static Numbers Find(TrainingState state, string name, ElementType type, Shape shape)
    {
        Numbers found = state.Tensors.GetValueOrDefault(name)
            ?? throw new ArgumentException($"The snapshot has no tensor '{name}': it is of another network or of other settings.", nameof(state));
        return found.Type == type && found.Shape == shape
            ? found
            : throw new ArgumentException($"The snapshot's tensor '{name}' is {found.Shape} of {found.Type}; {shape} of {type} is wanted.", nameof(state));
    }

    private static Numbers Read(Parameter parameter, Tensor memory)
    {
        float[] numbers = new float[parameter.Shape.Count];
        using Tensor view = parameter.View(memory);
        view.Read(numbers);
        return Numbers.FromFloats(parameter.Shape, numbers);
    }

    private IEnumerable<(string Name, Parameter Parameter, Tensor Memory)> Memories(Tensor? average)
    {
        foreach (Parameter parameter in _parameters.All)
        {
            yield return (parameter.Name, parameter, _parameters.Values);
            if (parameter.IsTrained)
            {
                yield return ($"{parameter.Name}/momentum", parameter, _optimizer.First);
                if (_optimizer.Second is { } second)
                {
                    yield return ($"{parameter.Name}/second", parameter, second);
                }
            }

            if (average is not null && parameter.IsAveraged)
            {
                yield return ($"{parameter.Name}/average", parameter, average);
            }
        }
    }

    private bool IsLearned(string node, string role) =>
        _network[node].Operation.Tensors.Any(tensor => tensor.IsLearned && string.Equals(tensor.Role, role, StringComparison.Ordinal));

    private Node Read(Node node, Tensor memory)
    {
        Numbers New(string role, Numbers old) =>
            _parameters[node, role] is { IsAveraged: true } parameter ? old.WithFloats(Read(parameter, memory).Floats) : old;

        return node.Operation switch
        {
            Convolution c => node with { Operation = c with { Weight = New("weight", c.Weight), Bias = c.Bias is null ? null : New("bias", c.Bias) } },
            Linear c => node with { Operation = c with { Weight = New("weight", c.Weight), Bias = c.Bias is null ? null : New("bias", c.Bias) } },
            LocalConvolution c => node with { Operation = c with { Weight = New("weight", c.Weight), Bias = New("bias", c.Bias) } },
            BatchNorm b => node with
            {
                Operation = b with { Gamma = New("gamma", b.Gamma), Beta = New("beta", b.Beta), Mean = New("mean", b.Mean), Variance = New("variance", b.Variance) },
            },
            _ => node,
        };
    }
}
