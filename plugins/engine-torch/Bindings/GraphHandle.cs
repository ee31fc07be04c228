using Microsoft.Win32.SafeHandles;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>A CUDA graph of the bridge.</summary>
internal sealed class GraphHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Shim.pp_graph_delete(handle);
        return true;
    }
}
