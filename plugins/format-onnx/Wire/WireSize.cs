using Google.Protobuf;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatOnnx.Wire;

/// <summary>Measures a message: its length stands before it.</summary>
internal sealed class WireSize : IWireFields
{
    private long _size;

    public static long Of(WireMessage message)
    {
        var size = new WireSize();
        message.Visit(size);
        return size._size;
    }

    public void Integer(int field, long value) => _size += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeInt64Size(value);

    public void Float(int field, float value) => _size += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeFloatSize(value);

    public void Text(int field, string value) => _size += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeStringSize(value);

    public void Message(int field, WireMessage message) => AddPart(field, Of(message));

    public void Bytes(int field, ReadOnlyMemory<byte> value) => AddPart(field, value.Length);

    public void Elements(int field, int length, Func<Tensor> make) => AddPart(field, length);

    private void AddPart(int field, long length) =>
        _size += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeLengthSize(checked((int)length)) + length;
}
