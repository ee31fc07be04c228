using PluginPrune.Contracts.Networks;

namespace PluginPrune.EngineTorch.Training.Parameters;

/// <summary>A tensor of the network and its place in flat memory.</summary>
/// <param name="node">The id of its node.</param>
/// <param name="role">Its role there.</param>
/// <param name="shape">Its extents.</param>
/// <param name="kind">How it is treated.</param>
/// <param name="start">Where it starts in all memory that is laid out alike.</param>
internal sealed class Parameter(string node, string role, Shape shape, ParameterKind kind, long start) : IDisposable
{
    private Tensor? _value;
    private Tensor? _gradient;

    public string Name => $"{node}.{role}";

    public Shape Shape => shape;

    public long Start => start;

    public bool IsTrained => kind <= ParameterKind.Norm;

    public bool IsAveraged => kind <= ParameterKind.Statistic;

    /// <summary>Its numbers, a view of the set's memory.</summary>
    public Tensor Value => _value!;

    /// <summary>Whether anything was added to its gradient; before, that holds old numbers.</summary>
    public bool HasGradient { get; set; }

    /// <summary>Ties it to memory; there are no gradients of what is not trained.</summary>
    public void Bind(Tensor values, Tensor gradients)
    {
        _value = View(values).DetachFromDisposeScope();
        _gradient = IsTrained ? View(gradients).DetachFromDisposeScope() : null;
    }

    /// <summary>Its part of memory that is laid out as the set's. Weights of convolutions lie channels-last.</summary>
    public Tensor View(Tensor memory)
    {
        long[] sizes = new long[shape.Rank];
        long[] strides = new long[shape.Rank];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = shape[i];
        }

        if (sizes is [_, var inputs, var high, var wide])
        {
            strides = [inputs * high * wide, 1, wide * inputs, inputs];
        }
        else
        {
            long stride = 1;
            for (int i = sizes.Length - 1; i >= 0; i--)
            {
                strides[i] = stride;
                stride *= sizes[i];
            }
        }

        return memory.as_strided(sizes, strides, start);
    }

    /// <summary>Adds to the gradient.</summary>
    public void AddGradient(Tensor more)
    {
        if (HasGradient)
        {
            _gradient!.add_(more);
        }
        else
        {
            _gradient!.copy_(more);
            HasGradient = true;
        }
    }

    /// <summary>The gradient, row-major; zeros where there is none.</summary>
    public float[] ReadGradient()
    {
        float[] numbers = new float[shape.Count];
        if (HasGradient)
        {
            _gradient!.Read(numbers);
        }

        return numbers;
    }

    /// <summary>Makes a gradient that nothing was added to zeros.</summary>
    public void SettleGradient()
    {
        if (IsTrained && !HasGradient)
        {
            _gradient!.zero_();
        }
    }

    public void Dispose()
    {
        _value?.Dispose();
        _gradient?.Dispose();
    }
}
