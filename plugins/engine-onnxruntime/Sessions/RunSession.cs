using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineOnnxRuntime.Native;

namespace PluginPrune.EngineOnnxRuntime.Sessions;

/// <summary>A session with the names of what goes in and comes out.</summary>
internal sealed class RunSession : IDisposable
{
    private readonly OrtLibrary _library;
    private readonly OrtHandle _session;
    private readonly int[] _places;
    private readonly Shape[] _shapes;
    private readonly NativeNames _inputs;
    private readonly NativeNames _outputs;

    /// <param name="library">The library.</param>
    /// <param name="session">Disposed of with this.</param>
    /// <param name="part">The network that it was made from.</param>
    /// <param name="places">For each input of the session its place among those of the whole network.</param>
    /// <param name="values">What it computes.</param>
    public RunSession(OrtLibrary library, OrtHandle session, Network part, int[] places, ImmutableArray<string> values)
    {
        _library = library;
        _session = session;
        _places = places;
        Values = values;
        _shapes = [.. values.Select(part.ShapeOf)];
        _inputs = new NativeNames([.. part.Inputs.Select(static input => input.Name)]);
        _outputs = new NativeNames(values);
    }

    /// <summary>What it computes.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>Computes the values of a session that was taken. The library reads the batches and writes the results where they are.</summary>
    /// <param name="inputs">One for each input of the whole network.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public ImmutableArray<Batch<float>> Run(IReadOnlyList<Batch<float>> inputs, CancellationToken cancellationToken)
    {
        int pictures = inputs[0].Size;
        ImmutableArray<Batch<float>> results =
        [
            .. _shapes.Select(shape => new Batch<float>(pictures, shape, GC.AllocateUninitializedArray<float>(checked(pictures * shape.Count)))),
        ];
        using var given = new OrtValues(_library, _places.Select(place => inputs[place]));
        using var wanted = new OrtValues(_library, results);
        _library.Run(_session, (_inputs, given), (_outputs, wanted), cancellationToken);
        return results;
    }

    /// <summary>Keeps the library's session until it is returned, even where this is disposed of before.</summary>
    public void Take()
    {
        bool isHeld = false;
        _session.DangerousAddRef(ref isHeld);
    }

    /// <summary>Ends a use that began with <see cref="Take"/>.</summary>
    public void Return() => _session.DangerousRelease();

    public void Dispose() => _session.Dispose();
}
