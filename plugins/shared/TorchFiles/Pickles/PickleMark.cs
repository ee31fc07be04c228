namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>Where a run of values begins on the stack.</summary>
internal sealed class PickleMark
{
    private PickleMark()
    {
    }

    public static PickleMark Instance { get; } = new();
}
