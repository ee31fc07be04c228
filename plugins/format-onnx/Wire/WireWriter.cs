using Google.Protobuf;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Wire;

/// <summary>Writes a message to a stream; the elements of tensors go there without a copy in between.</summary>
internal sealed class WireWriter : IWireFields
{
    private readonly Stream _stream;
    private readonly CodedOutputStream _coded;
    private readonly CancellationToken _cancellationToken;

    private WireWriter(Stream stream, CodedOutputStream coded, CancellationToken cancellationToken)
    {
        _stream = stream;
        _coded = coded;
        _cancellationToken = cancellationToken;
    }

    public static void Write(WireMessage message, Stream stream, CancellationToken cancellationToken)
    {
        using var coded = new CodedOutputStream(stream, leaveOpen: true);
        message.Visit(new WireWriter(stream, coded, cancellationToken));
    }

    public void Integer(int field, long value)
    {
        _coded.WriteTag(field, WireFormat.WireType.Varint);
        _coded.WriteInt64(value);
    }

    public void Float(int field, float value)
    {
        _coded.WriteTag(field, WireFormat.WireType.Fixed32);
        _coded.WriteFloat(value);
    }

    public void Text(int field, string value)
    {
        _coded.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _coded.WriteString(value);
    }

    public void Message(int field, WireMessage message)
    {
        _coded.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _coded.WriteLength(checked((int)WireSize.Of(message)));
        message.Visit(this);
    }

    public void Bytes(int field, ReadOnlyMemory<byte> value)
    {
        _coded.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _coded.WriteLength(value.Length);
        _coded.Flush();
        _stream.Write(value.Span);
    }

    public void Elements(int field, int length, Func<Tensor> make)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> bytes = make().Bytes;
        if (bytes.Length != length)
        {
            throw new InvalidOperationException($"A tensor was to have {length} bytes and has {bytes.Length}.");
        }

        _coded.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _coded.WriteLength(length);
        _coded.Flush();
        _stream.Write(bytes);
    }
}
