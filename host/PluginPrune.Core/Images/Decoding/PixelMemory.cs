namespace PluginPrune.Core.Images.Decoding;

/// <summary>Where decoders take memory for pixels from.</summary>
internal class PixelMemory
{
    /// <summary>Always new memory.</summary>
    public static PixelMemory New { get; } = new();

    /// <summary>A picture whose pixels may hold anything.</summary>
    public virtual Picture Create(PictureSize size) =>
        new(size, GC.AllocateUninitializedArray<byte>(checked((int)(size.Pixels * Picture.Channels))));
}
