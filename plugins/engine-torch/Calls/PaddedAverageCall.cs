using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>
/// An average pool on a map that is padded before. Where the padding does not count, the means are too small by the share of
/// the window that lies outside; dividing by the mean of ones, padded alike, makes up for it.
/// </summary>
internal sealed class PaddedAverageCall(AveragePool pool, Shape input, Placement placement) : Call
{
    private Tensor? _shares;

    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Prepare(inputs);
        Tensor means = Average(inputs[0]);
        return _shares is null ? means : means.div_(_shares);
    }

    protected override void Make(ReadOnlySpan<Tensor> inputs) => _shares = pool.CountsPadding ? null : Own(Shares());

    private Tensor Shares()
    {
        float[] ones = new float[input.ElementsPerChannel];
        Array.Fill(ones, 1);
        using Tensor map = placement.Keep(ones, 1, 1, input.Height, input.Width);
        return Average(map).DetachFromDisposeScope();
    }

    private Tensor Average(Tensor x)
    {
        using Tensor padded = Shuffles.Pad(x, pool.Padding, 0);
        return torch.nn.functional.avg_pool2d(padded, Pools.Pair(pool.Kernel), Pools.Pair(pool.Stride), [0, 0], count_include_pad: true);
    }
}
