namespace PluginPrune.Core.Inspection;

/// <summary>How many elements of channel groups one reason locks.</summary>
/// <param name="Reason">Why they must stay.</param>
/// <param name="Groups">In how many groups there are such.</param>
/// <param name="Channels">How many elements.</param>
public sealed record LockCount(string Reason, int Groups, int Channels);
