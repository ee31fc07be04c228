namespace PluginPrune.EngineTorch.Bindings;

/// <summary>Work on a CUDA device, recorded once and done again at the cost of one launch; no counterpart in TorchSharp.</summary>
internal sealed class CudaGraph : IDisposable
{
    private readonly GraphHandle _handle;

    private CudaGraph(GraphHandle handle) => _handle = handle;

    /// <summary>Whether this bridge was built with CUDA's headers.</summary>
    public static bool IsSupported => Shim.pp_graph_supported() != 0;

    /// <summary>Does work once, so that all that it allocates is there, then records it.</summary>
    /// <param name="device">A CUDA device.</param>
    /// <param name="work">What it reads and gives must live as long as the graph.</param>
    public static CudaGraph Record(Device device, Action work)
    {
        var graph = new CudaGraph(TorchException.Check(Shim.pp_graph_new(device.Index)));
        try
        {
            graph.Try(work);
            return graph;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    public void Replay() => TorchException.Check(Shim.pp_graph_replay(_handle));

    public void Dispose() => _handle.Dispose();

    private void Try(Action work)
    {
        bool isRecording = false;
        TorchException.Check(Shim.pp_graph_warm(_handle));
        try
        {
            work();
            TorchException.Check(Shim.pp_graph_begin(_handle));
            isRecording = true;
            work();
        }
        catch
        {
            // What went wrong first is what is told.
            _ = Shim.pp_graph_end(_handle, isRecording ? 1 : 0);
            throw;
        }

        TorchException.Check(Shim.pp_graph_end(_handle, 1));
    }
}
