using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>
/// Computes one node, or several in one, for a batch: [pictures, the value's own axes]. On the processor, runs may go on at the
/// same time.
/// </summary>
internal abstract class Call : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly Lock _preparing = new();
    private volatile bool _isPrepared;

    /// <summary>Whether the result may share the first input's memory though it must not be overwritten.</summary>
    public virtual bool IsView => false;

    /// <summary>Computes.</summary>
    /// <param name="inputs">The caller's.</param>
    /// <param name="mayOverwrite">Whether the first input's memory is free to be used: nobody reads it afterwards.</param>
    /// <returns>A tensor of its own, never a handle that came in.</returns>
    public abstract Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite);

    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }
    }

    /// <summary>Sees to it that what <see cref="Make"/> makes is there: of several runs the first makes it.</summary>
    protected void Prepare(ReadOnlySpan<Tensor> inputs)
    {
        if (_isPrepared)
        {
            return;
        }

        lock (_preparing)
        {
            if (!_isPrepared)
            {
                Make(inputs);
                _isPrepared = true;
            }
        }
    }

    /// <summary>Makes what all runs share.</summary>
    /// <param name="inputs">Those of the first run.</param>
    protected virtual void Make(ReadOnlySpan<Tensor> inputs)
    {
    }

    /// <summary>Ties the life of a tensor or the like to the call's.</summary>
    protected T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
