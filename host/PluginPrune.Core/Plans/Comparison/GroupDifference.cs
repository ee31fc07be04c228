namespace PluginPrune.Core.Plans;

/// <summary>A group of which two plans keep different channels.</summary>
/// <param name="First">What the first plan keeps, or null where its network no longer has the group.</param>
/// <param name="Second">What the second one keeps, or null where its network no longer has the group.</param>
public sealed record GroupDifference(KeptChannels? First, KeptChannels? Second)
{
    /// <summary>The group, as one of the plans has it.</summary>
    public PlannedGroup Group => (First ?? Second)!.Group;

    /// <summary>Channels that the first plan alone keeps, as in '0-3 7'; null where the plans do not both have the group with as many channels.</summary>
    public string? OnlyInFirst => Only(First, Second);

    /// <summary>Channels that the second plan alone keeps, as in '0-3 7'; null where the plans do not both have the group with as many channels.</summary>
    public string? OnlyInSecond => Only(Second, First);

    private static string? Only(KeptChannels? here, KeptChannels? there) =>
        here is null || there is null || here.Mask.Length != there.Mask.Length
            ? null
            : IndexRanges.Format([.. here.Mask.Zip(there.Mask, static (mine, other) => mine && !other)]);
}
