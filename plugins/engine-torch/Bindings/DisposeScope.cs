namespace PluginPrune.EngineTorch.Bindings;

/// <summary>
/// Ends tensors together: those made on this thread while the scope is the innermost are disposed of with it, unless they
/// were before, or were taken out.
/// </summary>
internal sealed class DisposeScope : IDisposable
{
    // Scopes belong to the code that a thread runs: like a stack frame, not like shared state.
    [ThreadStatic]
    private static DisposeScope? _innermost;

    private readonly DisposeScope? _outer;
    private readonly HashSet<Tensor> _tensors = [];

    public DisposeScope()
    {
        _outer = _innermost;
        _innermost = this;
    }

    /// <summary>The scope that new tensors join, or null.</summary>
    public static DisposeScope? Innermost => _innermost;

    public void Include(Tensor tensor) => _tensors.Add(tensor);

    /// <summary>Takes a tensor out: it lives until somebody disposes of it.</summary>
    public void Detach(Tensor tensor) => _tensors.Remove(tensor);

    public void Dispose()
    {
        _innermost = _outer;
        foreach (Tensor tensor in _tensors.ToArray())
        {
            tensor.Dispose();
        }
    }
}
