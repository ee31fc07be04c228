using Microsoft.Win32.SafeHandles;

namespace PluginPrune.EngineTorch.Bindings;

/// <summary>An at::Tensor of the bridge.</summary>
internal sealed class TensorHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <summary>Stands for an absent tensor in calls.</summary>
    public static TensorHandle Absent { get; } = new();

    protected override bool ReleaseHandle()
    {
        Shim.pp_tensor_delete(handle);
        return true;
    }
}
