namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>A test that needs ONNX Runtime and is skipped, and counted as such, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute() => Skip = Ort.Missing!;
}
