using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>The bytes of a pickle, taken from the front. What a length promises must be there.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="start">Where the pickle begins.</param>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes, int start)
{
    // torch writes a magic number of 10 bytes; nobody writes longer ones.
    private const int LongestNumber = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The next byte's place.</summary>
    public int Position { get; private set; } = start;

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A length of eight bytes, or an absurd one where it has no place in 32 bits.</summary>
    public long Length8() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8)) is <= int.MaxValue and var length ? (long)length : long.MaxValue;

    public string Text(long length)
    {
        try
        {
            return StrictUtf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw new TorchFileException($"the text before byte {Position} of its pickle is no UTF-8: the file is damaged.");
        }
    }

    /// <summary>What Python 2 wrote as texts without an encoding.</summary>
    public string Latin1(long length) => Encoding.Latin1.GetString(Take(length));

    public byte[] Bytes(long length) => Take(length).ToArray();

    /// <summary>A whole number in two's complement: long where it fits.</summary>
    public object Number(long length)
    {
        if (length > LongestNumber)
        {
            throw new TorchFileException($"its pickle has a number of {length} bytes at byte {Position}; nothing that torch writes has.");
        }

        var number = new BigInteger(Take(length), isUnsigned: false, isBigEndian: false);
        return number >= long.MinValue && number <= long.MaxValue ? (long)number : number;
    }

    /// <summary>A text that ends with its line.</summary>
    public string Line()
    {
        int end = bytes.Span[Position..].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw Ends();
        }

        string line = Text(end);
        Position++;
        return line;
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > bytes.Length - Position)
        {
            throw Ends();
        }

        ReadOnlySpan<byte> taken = bytes.Span.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    private TorchFileException Ends() => new($"its pickle ends at byte {bytes.Length}, in the middle of something: the file is cut off or damaged.");
}
