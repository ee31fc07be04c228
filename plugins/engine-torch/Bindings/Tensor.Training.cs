namespace PluginPrune.EngineTorch.Bindings;

/// <content>What only training needs.</content>
internal sealed partial class Tensor
{
    /// <summary>The same numbers, as what gradients can be asked by.</summary>
    public Tensor Leaf() => new(Shim.pp_autograd_leaf(Handle));

    public Tensor detach() => new(Shim.pp_autograd_detach(Handle));

    /// <summary>Goes back to the leaves that this was computed from.</summary>
    public void backward(Tensor grad) => TorchException.Check(Shim.pp_autograd_backward(Handle, grad.Handle));

    /// <summary>A leaf's gradient, or null.</summary>
    public Tensor? grad()
    {
        TorchException.Check(Shim.pp_autograd_gradient(Handle, out TensorHandle gradient));
        return Optional(gradient);
    }

    public Tensor half() => new(Shim.pp_to_half(Handle));

    public Tensor as_strided(ReadOnlySpan<long> size, ReadOnlySpan<long> strides, long storage_offset) =>
        new(Shim.pp_tensor_as_strided(Handle, size, strides, size.Length, storage_offset));

    public Tensor copy_(Tensor source) => Done(Shim.pp_copy_(Handle, source.Handle));

    public Tensor zero_() => Done(Shim.pp_zero_(Handle));

    /// <summary>The sum of squares, in double precision; not finite where an element is not.</summary>
    public double SumOfSquares()
    {
        TorchException.Check(Shim.pp_sum_of_squares(Handle, out double sum));
        return sum;
    }

    /// <summary>A tensor, or null where a function gave none.</summary>
    internal static Tensor? Optional(TensorHandle handle)
    {
        if (!handle.IsInvalid)
        {
            return new Tensor(handle);
        }

        handle.Dispose();
        return null;
    }
}
