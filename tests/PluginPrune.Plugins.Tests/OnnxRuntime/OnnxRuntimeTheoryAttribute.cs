using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.OnnxRuntime;

/// <summary>A theory that needs ONNX Runtime, and perhaps networks of others, and is skipped, and counted as such, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeTheoryAttribute : TheoryAttribute
{
    public OnnxRuntimeTheoryAttribute() => Skip = Ort.Missing!;

    /// <summary>Whether the folder of real networks must be there too.</summary>
    public bool NeedsSharedData
    {
        get => false;
        init => SkipUnless(!value || SharedData.Exists, "There is no shared folder beside this checkout.");
    }

    /// <summary>Whether the networks of Debian's darknet must be there too.</summary>
    public bool NeedsDebianDarknet
    {
        get => false;
        init => SkipUnless(!value || DebianDarknet.IsInstalled, "Debian's darknet package is not installed.");
    }

    private void SkipUnless(bool isThere, string reason)
    {
        if (!isThere)
        {
            Skip ??= reason;
        }
    }
}
