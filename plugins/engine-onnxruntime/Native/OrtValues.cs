using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;

namespace PluginPrune.EngineOnnxRuntime.Native;

/// <summary>Tensors over the arrays of batches, which stay where they are as long as this lives.</summary>
internal sealed unsafe class OrtValues : IDisposable
{
    private readonly OrtLibrary _library;
    private readonly List<GCHandle> _pins = [];
    private readonly List<nint> _values = [];

    public OrtValues(OrtLibrary library, IEnumerable<Batch<float>> batches)
    {
        _library = library;
        try
        {
            foreach (Batch<float> batch in batches)
            {
                long[] extents = [batch.Size, .. batch.Shape.Dimensions.Select(static extent => (long)extent)];
                var pin = GCHandle.Alloc(batch.Elements, GCHandleType.Pinned);
                _pins.Add(pin);
                _values.Add(library.CreateTensor((float*)pin.AddrOfPinnedObject(), batch.Elements.Length, extents));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The tensors.</summary>
    public ReadOnlySpan<nint> Pointers => CollectionsMarshal.AsSpan(_values);

    public void Dispose()
    {
        foreach (nint value in _values)
        {
            _library.ReleaseValue(value);
        }

        _values.Clear();
        foreach (GCHandle pin in _pins)
        {
            pin.Free();
        }

        _pins.Clear();
    }
}
