using Xunit;

namespace PluginPrune.TestKit;

/// <summary>A test that needs the shared folder and is skipped, and counted as such, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.Exists ? null! : "There is no shared folder beside this checkout.";
}
