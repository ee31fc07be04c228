using System.Buffers.Binary;
using System.Numerics;

namespace PluginPrune.Core.Training;

/// <summary>CRC-32C (Castagnoli) of bytes that come piece by piece.</summary>
internal sealed class RunningCrc
{
    private uint _state = uint.MaxValue;

    public uint Value => ~_state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint crc = _state;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte last in bytes)
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        _state = crc;
    }
}
