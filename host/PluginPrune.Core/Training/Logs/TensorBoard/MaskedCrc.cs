using System.Numerics;

namespace PluginPrune.Core.Training.Logs;

/// <summary>The checksum of TFRecord files: CRC-32C, turned and shifted so that a file of checksums is none of its own.</summary>
internal static class MaskedCrc
{
    private const uint Delta = 0xA282EAD8;
    private const int Turn = 15;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new RunningCrc();
        crc.Add(bytes);
        return BitOperations.RotateRight(crc.Value, Turn) + Delta;
    }
}
