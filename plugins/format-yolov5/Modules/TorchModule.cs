using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Modules;

/// <summary>A module of torch as data: its class is a name, its attributes are values. Immutable; one may stand in several places.</summary>
/// <param name="type">Its class, for instance 'models.common.Conv'.</param>
internal sealed class TorchModule(PickleGlobal type)
{
    /// <summary>Its class.</summary>
    public PickleGlobal Type { get; } = type;

    /// <summary>What it has beside tensors and modules, in its order: values as pickles have them, with <see cref="Tensor"/> for tensors.</summary>
    public ImmutableArray<KeyValuePair<string, object?>> Attributes { get; init; } = [];

    /// <summary>Learned tensors; null stands for None.</summary>
    public ImmutableArray<KeyValuePair<string, Tensor?>> Parameters { get; init; } = [];

    /// <summary>Other tensors of its state; null stands for None.</summary>
    public ImmutableArray<KeyValuePair<string, Tensor?>> Buffers { get; init; } = [];

    /// <summary>The modules in it; null stands for None.</summary>
    public ImmutableArray<KeyValuePair<string, TorchModule?>> Children { get; init; } = [];

    /// <summary>An attribute, or null.</summary>
    public object? Attribute(string name) => Find(Attributes, name);

    /// <summary>A parameter or buffer, or null.</summary>
    public Tensor? Tensor(string name) => Find(Parameters, name) ?? Find(Buffers, name);

    /// <summary>A module in it, or null.</summary>
    public TorchModule? Child(string name) => Find(Children, name);

    /// <summary>The same with another value of an attribute, which it gets where it had none.</summary>
    public TorchModule With(string name, object? value) => Copy(attributes: Set(Attributes, name, value));

    /// <summary>The same with other parts.</summary>
    public TorchModule Copy(
        ImmutableArray<KeyValuePair<string, object?>>? attributes = null,
        ImmutableArray<KeyValuePair<string, Tensor?>>? parameters = null,
        ImmutableArray<KeyValuePair<string, Tensor?>>? buffers = null,
        ImmutableArray<KeyValuePair<string, TorchModule?>>? children = null) => new(Type)
        {
            Attributes = attributes ?? Attributes,
            Parameters = parameters ?? Parameters,
            Buffers = buffers ?? Buffers,
            Children = children ?? Children,
        };

    private static ImmutableArray<KeyValuePair<string, object?>> Set(ImmutableArray<KeyValuePair<string, object?>> pairs, string name, object? value)
    {
        var pair = new KeyValuePair<string, object?>(name, value);
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].Key == name)
            {
                return pairs.SetItem(i, pair);
            }
        }

        return pairs.Add(pair);
    }

    private static T? Find<T>(ImmutableArray<KeyValuePair<string, T?>> pairs, string name)
        where T : class
    {
        foreach (KeyValuePair<string, T?> pair in pairs)
        {
            if (pair.Key == name)
            {
                return pair.Value;
            }
        }

        return null;
    }
}
