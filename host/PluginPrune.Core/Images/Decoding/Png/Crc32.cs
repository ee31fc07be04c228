using System.Buffers.Binary;

namespace PluginPrune.Core.Images.Decoding.Png;

/// <summary>The checksum of PNG's chunks (ISO 3309), eight bytes at a time.</summary>
internal static class Crc32
{
    private const int Slices = 8;

    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= Slices)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Tables[7][low & 255] ^ Tables[6][(low >> 8) & 255] ^ Tables[5][(low >> 16) & 255] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 255] ^ Tables[2][(high >> 8) & 255] ^ Tables[1][(high >> 16) & 255] ^ Tables[0][high >> 24];
            bytes = bytes[Slices..];
        }

        foreach (byte value in bytes)
        {
            crc = Tables[0][(crc ^ value) & 255] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Slices).Select(static _ => new uint[256])];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            tables[0][i] = value;
        }

        for (int slice = 1; slice < Slices; slice++)
        {
            for (int i = 0; i < 256; i++)
            {
                uint before = tables[slice - 1][i];
                tables[slice][i] = tables[0][before & 255] ^ (before >> 8);
            }
        }

        return tables;
    }
}
