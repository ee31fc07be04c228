namespace PluginPrune.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Verification, a full disk, an engine.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or bad input.</summary>
    public const int BadInput = 2;

    public const int Plugin = 3;

    public const int Interrupted = 130;
}
