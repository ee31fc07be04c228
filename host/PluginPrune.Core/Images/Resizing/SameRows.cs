namespace PluginPrune.Core.Images.Resizing;

/// <summary>Rows as they are.</summary>
internal sealed class SameRows(Picture source) : ScaledRows(source)
{
    public override void Write(int y, Span<byte> target) => Source.Row(y).CopyTo(target);
}
