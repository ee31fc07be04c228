using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch;

/// <summary>
/// Runs plans call by call and, on CUDA, records one that comes back with batches of the same size. Where recording fails,
/// for instance because a library allocates in between, it goes on call by call.
/// </summary>
internal sealed class GraphRecorder(Placement placement) : IDisposable
{
    private bool _records = placement.Device.IsCuda && CudaGraph.IsSupported;
    private GraphedRun? _recorded;
    private Plan? _lastPlan;
    private int _lastSize;

    public Tensor[] Run(Plan plan, IReadOnlyList<Batch<float>> inputs, CancellationToken cancellationToken)
    {
        if (!placement.Device.IsCuda)
        {
            return PlanRunner.Run(plan, [.. inputs.Select(placement.Input)], cancellationToken);
        }

        int size = inputs[0].Size;
        if (_recorded is { } recorded && recorded.Plan == plan && recorded.Size == size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return recorded.Run(inputs);
        }

        if (_records && _lastPlan == plan && _lastSize == size)
        {
            _recorded?.Dispose();
            _recorded = null;
            try
            {
                _recorded = new GraphedRun(plan, inputs, placement);
                return _recorded.Run(inputs);
            }
            catch (TorchException)
            {
                _records = false;
            }
        }

        (_lastPlan, _lastSize) = (plan, size);
        return PlanRunner.Run(plan, [.. inputs.Select(placement.Input)], cancellationToken);
    }

    public void Dispose() => _recorded?.Dispose();
}
