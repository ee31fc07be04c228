using System.Runtime.InteropServices;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>Makes .weights files by hand.</summary>
internal static class WeightsBytes
{
    public static byte[] Of(int major, int minor, int revision, long seen, bool longSeen, params float[] numbers)
    {
        ReadOnlySpan<int> version = [major, minor, revision];
        ReadOnlySpan<byte> count = BitConverter.GetBytes(seen).AsSpan(0, longSeen ? 8 : 4);
        return [.. MemoryMarshal.AsBytes(version), .. count, .. MemoryMarshal.AsBytes(numbers.AsSpan())];
    }

    /// <summary>The current header and so many small numbers.</summary>
    public static byte[] Of(int count) => Of(0, 2, 5, 0, longSeen: true, [.. Enumerable.Range(0, count).Select(static i => 0.5f + i)]);
}
