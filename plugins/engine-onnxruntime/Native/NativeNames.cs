using System.Runtime.InteropServices;
using System.Text;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>Names as the library takes them: an array of pointers to UTF-8 texts that end with 0.</summary>
internal sealed unsafe class NativeNames
{
    // The collector never moves these.
    private readonly byte[] _texts;
    private readonly nint[] _pointers;

    public NativeNames(IReadOnlyList<string> names)
    {
        _texts = GC.AllocateArray<byte>(names.Sum(static name => Encoding.UTF8.GetByteCount(name) + 1), pinned: true);
        _pointers = GC.AllocateArray<nint>(names.Count, pinned: true);
        int start = 0;
        for (int i = 0; i < names.Count; i++)
        {
            _pointers[i] = Marshal.UnsafeAddrOfPinnedArrayElement(_texts, start);
            start += Encoding.UTF8.GetBytes(names[i], _texts.AsSpan(start)) + 1;
        }
    }

    public int Count => _pointers.Length;

    /// <summary>Valid as long as this lives.</summary>
    public nint* Pointers => (nint*)Marshal.UnsafeAddrOfPinnedArrayElement(_pointers, 0);
}
