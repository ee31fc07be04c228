namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>A theory that needs ONNX Runtime, and perhaps the shared folder, and is skipped, and counted as such, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = Ort.Missing!;

    /// <summary>Says what else must be there.</summary>
    public bool NeedsSharedData
    {
        get => false;
        init
        {
            if (value && !TestKit.SharedData.Exists)
            {
                Skip ??= "There is no shared folder beside this checkout.";
            }
        }
    }
}
