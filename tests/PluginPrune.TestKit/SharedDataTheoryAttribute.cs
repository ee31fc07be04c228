using Xunit;

namespace PluginPrune.TestKit;

/// <summary>A theory that needs the shared folder and is skipped, and counted as such, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.Exists ? null! : "There is no shared folder beside this checkout.";
}
