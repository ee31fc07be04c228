using PluginPrune.Contracts.Operations;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Calls;

/// <summary>A batch norm that could not be folded into what it reads.</summary>
internal sealed class BatchNormCall(BatchNorm norm, Placement placement) : Call
{
    // CUDA's libraries keep these in single precision even where maps are in half.
    private readonly Placement _parameters = placement with { Type = ScalarType.Float32 };
    private Tensor[] _tensors = [];

    public override Tensor Run(ReadOnlySpan<Tensor> inputs, bool mayOverwrite)
    {
        Prepare(inputs);
        return torch.nn.functional.batch_norm(inputs[0], _tensors[0], _tensors[1], _tensors[2], _tensors[3], norm.Epsilon);
    }

    protected override void Make(ReadOnlySpan<Tensor> inputs) =>
        _tensors = [Keep(norm.Mean), Keep(norm.Variance), Keep(norm.Gamma), Keep(norm.Beta)];

    private Tensor Keep(Contracts.Networks.Tensor tensor) => Own(_parameters.Keep(tensor.Floats, tensor.Count));
}
