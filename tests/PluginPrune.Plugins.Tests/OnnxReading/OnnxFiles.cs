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

    public Network Read(byte[] file, params (string Name, string Value)[] options)
    {
        string path = Path.Combine(Folder, "net.onnx");
        File.WriteAllBytes(path, file);
        return OnnxFile.Format(options).Read(new ModelSource(path, null, Warnings.Add), CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
