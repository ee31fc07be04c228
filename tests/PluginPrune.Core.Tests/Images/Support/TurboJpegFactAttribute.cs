namespace PluginPrune.Core.Tests.Images;

/// <summary>A test that needs libturbojpeg and is skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TurboJpegFactAttribute : FactAttribute
{
    public TurboJpegFactAttribute() => Skip = TurboJpegLibrary.Lacks!;
}
