namespace PluginPrune.Shared.TorchFiles;

/// <summary>What the elements of a storage are.</summary>
/// <param name="Storage">What torch calls a storage of them, for instance 'FloatStorage'.</param>
/// <param name="Size">The size of one in bytes.</param>
internal sealed record StoredType(string Storage, int Size)
{
    public static StoredType Single { get; } = new("FloatStorage", 4);

    public static StoredType Half { get; } = new("HalfStorage", 2);

    public static StoredType Long { get; } = new("LongStorage", 8);

    public static StoredType Double { get; } = new("DoubleStorage", 8);

    public static StoredType BrainFloat { get; } = new("BFloat16Storage", 2);

    private static readonly StoredType[] All =
    [
        Single, Half, Long, Double, BrainFloat,
        new("IntStorage", 4), new("ShortStorage", 2), new("CharStorage", 1), new("ByteStorage", 1), new("BoolStorage", 1),
    ];

    /// <summary>The type of a name, or null.</summary>
    public static StoredType? Find(string storage) => Array.Find(All, type => type.Storage == storage);
}
