using System.Runtime.InteropServices;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>An object of the library. It keeps alive what it was made in.</summary>
internal sealed unsafe class OrtHandle : SafeHandle
{
    private readonly delegate* unmanaged<nint, void> _release;
    private readonly OrtHandle? _owner;

    /// <param name="pointer">The object.</param>
    /// <param name="release">Frees it.</param>
    /// <param name="owner">What must be freed after it, or null.</param>
    public OrtHandle(nint pointer, delegate* unmanaged<nint, void> release, OrtHandle? owner = null)
        : base(0, ownsHandle: true)
    {
        _release = release;
        if (owner is not null)
        {
            bool isHeld = false;
            owner.DangerousAddRef(ref isHeld);
            _owner = owner;
        }

        SetHandle(pointer);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The object; valid until this is disposed of and all who hold it have let it go, which callers see to.</summary>
    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        _release(handle);
        _owner?.DangerousRelease();
        return true;
    }
}
