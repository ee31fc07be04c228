using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineOnnxRuntime.Native;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>Runs a file in ONNX Runtime as it stands, past the engine.</summary>
internal sealed class OnnxSession(byte[] file) : IDisposable
{
    private readonly OrtLibrary _library = OrtLibrary.Load();
    private readonly OrtHandle _session = OrtLibrary.Load().CreateSession(file, threads: 1);

    /// <summary>Runs it; the library refuses outputs of other shapes.</summary>
    public float[][] Run(string input, Batch<float> pictures, params (string Name, Shape Shape)[] outputs)
    {
        Batch<float>[] results = [.. outputs.Select(output => new Batch<float>(pictures.Size, output.Shape, new float[pictures.Size * output.Shape.Count]))];
        using var given = new OrtValues(_library, [pictures]);
        using var wanted = new OrtValues(_library, results);
        _library.Run(
            _session, (new NativeNames([input]), given), (new NativeNames([.. outputs.Select(static output => output.Name)]), wanted), CancellationToken.None);
        return [.. results.Select(static result => result.Elements)];
    }

    /// <summary>Runs it where an output has so many rows as are found, and no extent for pictures; the library refuses another number.</summary>
    public float[] RunRows(string input, Batch<float> pictures, string output, int rows, int row)
    {
        var result = new Batch<float>(rows, new Shape(row), new float[rows * row]);
        using var given = new OrtValues(_library, [pictures]);
        using var wanted = new OrtValues(_library, [result]);
        _library.Run(_session, (new NativeNames([input]), given), (new NativeNames([output]), wanted), CancellationToken.None);
        return result.Elements;
    }

    public void Dispose() => _session.Dispose();
}
