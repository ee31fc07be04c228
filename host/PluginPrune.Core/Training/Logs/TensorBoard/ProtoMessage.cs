using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace PluginPrune.Core.Training.Logs;

/// <summary>Writes the few field types of protocol buffers that events are made of.</summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtoMessage Integer(int field, long value)
    {
        Key(field, Varint);
        WriteVarint((ulong)value);
        return this;
    }

    public ProtoMessage Double(int field, double value)
    {
        Key(field, Fixed64);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtoMessage Float(int field, float value)
    {
        Key(field, Fixed32);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtoMessage Text(int field, string value) => Blob(field, Encoding.UTF8.GetBytes(value));

    public ProtoMessage Message(int field, ProtoMessage message) => Blob(field, message.ToArray());

    public ProtoMessage Blob(int field, ReadOnlySpan<byte> value)
    {
        Key(field, Bytes);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtoMessage PackedDoubles(int field, IReadOnlyList<double> values)
    {
        byte[] bytes = new byte[values.Count * sizeof(double)];
        for (int i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return Blob(field, bytes);
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Key(int field, int type) => WriteVarint((ulong)((field << 3) | type));

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
