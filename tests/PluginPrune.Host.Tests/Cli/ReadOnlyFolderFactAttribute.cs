namespace PluginPrune.Host.Tests.Cli;

/// <summary>A test that needs a folder that cannot be written; to root, none is.</summary>
internal sealed class ReadOnlyFolderFactAttribute : FactAttribute
{
    public ReadOnlyFolderFactAttribute() => Skip =
        UnixTheoryAttribute.Reason ?? (Environment.IsPrivilegedProcess ? "Root writes into read-only folders too." : null);
}
