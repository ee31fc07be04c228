namespace PluginPrune.Core.Tests.Images;

/// <summary>A theory that needs libturbojpeg and is skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TurboJpegTheoryAttribute : TheoryAttribute
{
    public TurboJpegTheoryAttribute() => Skip = TurboJpegLibrary.Lacks!;
}
