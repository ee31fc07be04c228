using PluginPrune.Contracts.Formats;
using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.Onnx;

namespace PluginPrune.Plugins.Tests.OnnxReading;

/// <summary>A folder with ONNX files that are read.</summary>
internal sealed class OnnxFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pluginprune-onnx-").FullName;

    public List<string> Warnings { get; } = [];

    public Network Read(OnnxSketch sketch, params (string Name, string Value)[] options) => Read(sketch.Bytes, options);

    public Network Read(byte[] file, params (string Name, string Value)[] options) => OnnxFile.Format(options).Read(Save(file), CancellationToken.None);

    /// <summary>As it is read to be timed.</summary>
    public Network ReadWhole(byte[] file) => OnnxFile.Format().Read(Save(file) with { IsWhole = true }, CancellationToken.None);

    private ModelSource Save(byte[] file)
    {
        string path = Path.Combine(Folder, "net.onnx");
        File.WriteAllBytes(path, file);
        return new ModelSource(path, null, Warnings.Add);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
