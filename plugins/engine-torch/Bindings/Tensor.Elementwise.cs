namespace PluginPrune.EngineTorch.Bindings;

/// <content>Functions of each element; those that end in an underscore work in place.</content>
internal sealed partial class Tensor
{
    public Tensor relu_() => Done(Shim.pp_relu_(Handle));

    public Tensor sigmoid_() => Done(Shim.pp_sigmoid_(Handle));

    public Tensor tanh_() => Done(Shim.pp_tanh_(Handle));

    public Tensor silu_() => Done(Shim.pp_silu_(Handle));

    public Tensor mish_() => Done(Shim.pp_mish_(Handle));

    public Tensor hardswish_() => Done(Shim.pp_hardswish_(Handle));

    public Tensor hardsigmoid_() => Done(Shim.pp_hardsigmoid_(Handle));

    public Tensor exp_() => Done(Shim.pp_exp_(Handle));

    public Tensor floor_() => Done(Shim.pp_floor_(Handle));

    public Tensor leaky_relu_(double negative_slope) => Done(Shim.pp_leaky_relu_(Handle, negative_slope));

    public Tensor elu_(double alpha, double scale = 1) => Done(Shim.pp_elu_(Handle, alpha, scale));

    /// <summary>In its form with tanh.</summary>
    public Tensor gelu_() => Done(Shim.pp_gelu_tanh_(Handle));

    public Tensor clamp_(double min, double max) => Done(Shim.pp_clamp_(Handle, min, max));

    public Tensor add_(Tensor target, double alpha = 1) => Done(Shim.pp_add_(Handle, target.Handle, alpha));

    public Tensor add_(double scalar) => Done(Shim.pp_add_scalar_(Handle, scalar));

    public Tensor mul_(Tensor target) => Done(Shim.pp_mul_(Handle, target.Handle));

    public Tensor mul_(double scalar) => Done(Shim.pp_mul_scalar_(Handle, scalar));

    public Tensor div_(Tensor target) => Done(Shim.pp_div_(Handle, target.Handle));

    public Tensor add(Tensor target) => new(Shim.pp_add(Handle, target.Handle));

    public Tensor mul(Tensor target) => new(Shim.pp_mul(Handle, target.Handle));

    /// <summary>The sum over axes, which stay with one element each, as in the next two.</summary>
    public Tensor sum(params ReadOnlySpan<long> dims) => new(Shim.pp_sum(Handle, dims, dims.Length));

    public Tensor mean(params ReadOnlySpan<long> dims) => new(Shim.pp_mean(Handle, dims, dims.Length));

    public Tensor amax(params ReadOnlySpan<long> dims) => new(Shim.pp_amax(Handle, dims, dims.Length));

    private Tensor Done(int answer)
    {
        TorchException.Check(answer);
        return this;
    }
}
