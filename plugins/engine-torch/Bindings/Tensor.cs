namespace PluginPrune.EngineTorch.Bindings;

/// <summary>A tensor of libtorch. It joins the innermost scope, see <see cref="DisposeScope"/>.</summary>
internal sealed partial class Tensor : IDisposable
{
    private readonly DisposeScope? _scope = DisposeScope.Innermost;

    public Tensor(TensorHandle handle)
    {
        Handle = TorchException.Check(handle);
        _scope?.Include(this);
    }

    public TensorHandle Handle { get; }

    public long[] shape
    {
        get
        {
            long[] sizes = new long[Shim.pp_tensor_rank(Handle)];
            Shim.pp_tensor_sizes(Handle, sizes);
            return sizes;
        }
    }

    /// <summary>Takes the tensor out of its scope: it lives until somebody disposes of it.</summary>
    public Tensor DetachFromDisposeScope()
    {
        _scope?.Detach(this);
        return this;
    }

    public void Dispose()
    {
        _scope?.Detach(this);
        Handle.Dispose();
    }

    /// <summary>Copies numbers in, row-major, whatever the tensor's type and layout.</summary>
    public void Fill(ReadOnlySpan<float> numbers) => TorchException.Check(Shim.pp_tensor_fill(Handle, numbers));

    /// <summary>Copies the numbers out, row-major, whatever the tensor's type and layout.</summary>
    public void Read(Span<float> numbers) => TorchException.Check(Shim.pp_tensor_read(Handle, numbers));

    /// <summary>The same numbers in memory of their own.</summary>
    public Tensor clone() => new(Shim.pp_tensor_clone(Handle));

    /// <summary>Another handle of the same tensor.</summary>
    public Tensor alias() => new(Shim.pp_tensor_alias(Handle));

    public Tensor contiguous(bool isChannelsLast = false) => new(Shim.pp_tensor_contiguous(Handle, isChannelsLast ? 1 : 0));

    public Tensor reshape(params ReadOnlySpan<long> shape) => new(Shim.pp_tensor_reshape(Handle, shape, shape.Length));

    public Tensor expand(params ReadOnlySpan<long> sizes) => new(Shim.pp_tensor_expand(Handle, sizes, sizes.Length));

    public Tensor permute(params ReadOnlySpan<long> permutation) => new(Shim.pp_tensor_permute(Handle, permutation, permutation.Length));

    public Tensor narrow(long dim, long start, long length) => new(Shim.pp_tensor_narrow(Handle, dim, start, length));
}
