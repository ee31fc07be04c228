using Xunit;

namespace PluginPrune.TestKit;

/// <summary>A test on the cfgs of Debian's darknet package; skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DebianDarknetFactAttribute : FactAttribute
{
    public DebianDarknetFactAttribute() => Skip = DebianDarknet.IsInstalled ? null! : "Debian's darknet package is not installed.";
}
