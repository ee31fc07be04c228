namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>The pieces of the compressed pixels as one stream.</summary>
internal sealed class PngDataStream(List<ReadOnlyMemory<byte>> pieces) : Stream
{
    private int _piece;
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_piece < pieces.Count)
        {
            ReadOnlySpan<byte> rest = pieces[_piece].Span[_position..];
            if (!rest.IsEmpty)
            {
                int count = Math.Min(rest.Length, buffer.Length);
                rest[..count].CopyTo(buffer);
                _position += count;
                return count;
            }

            _piece++;
            _position = 0;
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
