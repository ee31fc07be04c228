using System.Buffers.Binary;
using System.Text;

namespace PluginPrune.FormatOnnx.Wire;

/// <summary>
/// Goes through the fields of a message in memory. Whatever lengths the bytes claim, nothing beyond the message is read and
/// nothing is set aside for it.
/// </summary>
/// <param name="message">The message.</param>
internal ref struct WireReader(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private const int LongestVarint = 10;

    private readonly ReadOnlySpan<byte> _bytes = message.Span;
    private int _position;
    private int _kind;

    /// <summary>The number of the field that <see cref="Next"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field is a length with bytes: a text, a message or numbers behind each other.</summary>
    public readonly bool IsDelimited => _kind == Delimited;

    /// <summary>Goes to the next field. What it holds must then be taken or skipped.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_position == _bytes.Length)
        {
            return false;
        }

        ulong tag = ReadVarint();
        _kind = (int)(tag & 7);
        Field = tag >> 3 is > 0 and <= int.MaxValue and var field ? (int)field : 0;
        return Field != 0 && _kind is Varint or Fixed64 or Delimited or Fixed32
            ? true
            : throw new WireException($"byte {_position} begins a field of number {tag >> 3} and kind {_kind}, which there is not.");
    }

    public long Integer()
    {
        Expect(Varint);
        return (long)ReadVarint();
    }

    public float Float()
    {
        Expect(Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    /// <summary>The bytes of one number of 32 or 64 bits.</summary>
    public ReadOnlyMemory<byte> Fixed()
    {
        int size = _kind == Fixed64 ? sizeof(double) : sizeof(float);
        Take(size);
        return message.Slice(_position - size, size);
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(Delimited);
        ulong length = ReadVarint();
        if (length > (ulong)(_bytes.Length - _position))
        {
            throw new WireException($"field {Field} claims {length:N0} bytes where {_bytes.Length - _position:N0} are left: the file is cut off or damaged.");
        }

        _position += (int)length;
        return message.Slice(_position - (int)length, (int)length);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    public WireReader Message() => new(Bytes());

    /// <summary>Adds the whole numbers of a field, which stands for one or for many behind each other.</summary>
    public void Integers(List<long> target)
    {
        if (_kind != Delimited)
        {
            target.Add(Integer());
            return;
        }

        WireReader packed = Message();
        while (packed._position < packed._bytes.Length)
        {
            target.Add((long)packed.ReadVarint());
        }
    }

    public void Skip()
    {
        switch (_kind)
        {
            case Varint:
                ReadVarint();
                break;
            case Delimited:
                Bytes();
                break;
            default:
                Fixed();
                break;
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new WireException($"a number before byte {_position} has no end.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw new WireException($"field {Field} ends before its number does: the file is cut off or damaged.");
        }

        _position += count;
        return _bytes.Slice(_position - count, count);
    }

    private readonly void Expect(int kind)
    {
        if (_kind != kind)
        {
            throw new WireException($"field {Field} is of kind {_kind}, where {kind} was wanted.");
        }
    }
}
