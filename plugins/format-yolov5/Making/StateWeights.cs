using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>The tensors of a state dictionary; each is taken once.</summary>
internal sealed class StateWeights : IWeightSource
{
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly HashSet<string> _left;

    public StateWeights(ImmutableArray<StateEntry> entries)
    {
        _tensors = entries.ToDictionary(static entry => entry.Name, static entry => entry.Tensor, StringComparer.Ordinal);
        _left = [.. _tensors.Keys];
    }

    /// <summary>Those that nobody took, in ordinal order.</summary>
    public IEnumerable<string> Left => _left.Order(StringComparer.Ordinal);

    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>It must have as many axes, and windows as large; channels may be fewer.</summary>
    public Tensor Take(string name, Shape shape, float otherwise = 0)
    {
        Tensor tensor = Find(name) ?? throw new TorchFileException($"it has no tensor '{name}', which the model's description asks for: it is of another model, or incomplete.");
        return tensor.Shape.Rank == shape.Rank && (shape.Rank < 4 || (tensor.Shape[2], tensor.Shape[3]) == (shape[2], shape[3]))
            ? tensor
            : throw new TorchFileException($"its tensor '{name}' is {tensor.Shape}; the model's description asks for {shape}, or fewer channels.");
    }

    public Tensor? Find(string name)
    {
        _left.Remove(name);
        return _tensors.GetValueOrDefault(name);
    }
}
