using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch;

/// <summary>
/// A plan for one size of batch as a CUDA graph. At batch 1 a GPU waits for launches longer than it computes: recorded, a
/// network is one launch.
/// </summary>
internal sealed class GraphedRun : IDisposable
{
    private readonly Tensor[] _inputs;
    private readonly CudaGraph _graph;
    private Tensor[] _results = [];

    /// <summary>Records a plan that has run before with inputs of these sizes.</summary>
    public GraphedRun(Plan plan, IReadOnlyList<Batch<float>> inputs, Placement placement)
    {
        Plan = plan;
        Size = inputs[0].Size;
        _inputs = [.. inputs.Select(input => placement.Input(input).DetachFromDisposeScope())];
        try
        {
            _graph = CudaGraph.Record(placement.Device, () =>
            {
                // The run may end its inputs; these are needed again.
                foreach (Tensor result in _results)
                {
                    result.Dispose();
                }

                Tensor[] results = PlanRunner.Run(plan, [.. _inputs.Select(static input => input.alias())], CancellationToken.None);
                _results = [.. results.Select(static result => result.DetachFromDisposeScope())];
            });
        }
        catch
        {
            End(_inputs);
            End(_results);
            throw;
        }
    }

    public Plan Plan { get; }

    public int Size { get; }

    /// <summary>Runs once more.</summary>
    /// <returns>Tensors that the next run overwrites.</returns>
    public Tensor[] Run(IReadOnlyList<Batch<float>> inputs)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i].Fill(inputs[i].Elements);
        }

        _graph.Replay();
        return _results;
    }

    public void Dispose()
    {
        _graph.Dispose();
        End(_results);
        End(_inputs);
    }

    private static void End(Tensor[] tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
