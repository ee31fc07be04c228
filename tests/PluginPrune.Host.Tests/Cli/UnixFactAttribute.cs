namespace PluginPrune.Host.Tests.Cli;

/// <summary>A test that needs signals or limits of Unix, and says so where it cannot run.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = UnixTheoryAttribute.Reason;
}
