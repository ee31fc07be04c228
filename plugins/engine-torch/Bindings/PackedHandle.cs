using Microsoft.Win32.SafeHandles;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>A packed convolution of the bridge.</summary>
internal sealed class PackedHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Shim.pp_packed_delete(handle);
        return true;
    }
}
