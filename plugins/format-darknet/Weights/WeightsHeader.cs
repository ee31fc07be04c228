using System.Buffers.Binary;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>The beginning of a .weights file. It is the network's annotation too, so that it is written as it was read.</summary>
/// <param name="Major">The version's first number.</param>
/// <param name="Minor">Its second.</param>
/// <param name="Revision">Its third.</param>
/// <param name="Seen">How many pictures the network was trained on.</param>
internal sealed record WeightsHeader(int Major, int Minor, int Revision, long Seen)
{
    /// <summary>The length of the longer form.</summary>
    public const int LongestLength = 20;

    /// <summary>What Darknet writes today.</summary>
    public static WeightsHeader Current { get; } = new(0, 2, 5, 0);

    /// <summary>Darknet before version 0.2 kept the count of pictures in 32 bits; versions from 1000 on mark something else.</summary>
    public bool HasLongSeen => ((long)Major * 10) + Minor >= 2 && Major < 1000 && Minor < 1000;

    /// <summary>Whether the weights of [connected] sections lie in the file input by input.</summary>
    public bool IsTransposed => Major > 1000 || Minor > 1000;

    public int Length => HasLongSeen ? LongestLength : 16;

    /// <param name="bytes">The first 20 bytes of a file, or at least 16 where the file is so short.</param>
    /// <returns>The header, or null where the bytes are too few for it.</returns>
    public static WeightsHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return null;
        }

        var header = new WeightsHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));
        if (!header.HasLongSeen)
        {
            return header;
        }

        return bytes.Length < LongestLength ? null : header with { Seen = BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]) };
    }

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Major);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Minor);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Revision);
        if (HasLongSeen)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), Seen);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), unchecked((uint)Seen));
        }

        return bytes;
    }
}
