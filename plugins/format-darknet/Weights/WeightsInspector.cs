using Microsoft.Win32.SafeHandles;
using PluginPrune.Contracts;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>
/// Says before anything is allocated whether a file can be the weights that a cfg asks for, and if not, why: 'too short' is
/// the last thing that a user with a Git LFS pointer in hand needs to hear.
/// </summary>
internal static class WeightsInspector
{
    private const int SampleLength = 64 << 10;

    /// <exception cref="InputException">It cannot be.</exception>
    public static WeightsHeader Check(string path, SafeFileHandle file, WeightsLayout layout)
    {
        long length = RandomAccess.GetLength(file);
        byte[] buffer = new byte[(int)Math.Min(length, SampleLength)];
        ReadOnlySpan<byte> sample = buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0));
        if (ForeignFile.Recognise(sample, length) is { } reason)
        {
            throw new InputException(path, null, reason);
        }

        if (WeightsHeader.Parse(sample) is not { } header)
        {
            throw new InputException(path, null, $"it has {length} bytes, too few for the header of a Darknet .weights file.");
        }

        if (ForeignFile.LooksMangled(sample))
        {
            throw new InputException(
                path,
                null,
                $"it was damaged by a program that took it for UTF-8 text: {CountReplacements(file, length)} times the bytes EF BF BD stand where others were. "
                + "What was there is lost; get the file again, as a binary.");
        }

        CheckLength(path, length - header.Length, layout);
        return header;
    }

    private static void CheckLength(string path, long found, WeightsLayout layout)
    {
        long wanted = layout.Count * sizeof(float);
        if (found < wanted)
        {
            throw new InputException(path, null, DescribeEnd(found, wanted, layout));
        }

        if (found > wanted && layout.Cutoff > 0)
        {
            throw new InputException(
                path,
                null,
                $"{found - wanted} bytes are left over: --cutoff {layout.Cutoff} says that it holds layers 0 to {layout.Cutoff - 1} alone, which take {wanted} bytes of weights, "
                + $"and it has {found}. Give the number of layers that it holds, or leave the option out where it holds all.");
        }

        if (found > wanted)
        {
            throw new InputException(
                path,
                null,
                $"{found - wanted} bytes are left over: the cfg asks for {wanted} bytes of weights and the file has {found}. Usual causes: the cfg has other "
                + "classes (and so other filters before its [yolo] sections) than the trained network, or filters or sections of the cfg were changed.");
        }
    }

    private static string DescribeEnd(long found, long wanted, WeightsLayout layout)
    {
        WeightsSlot slot = layout.Slots.First(slot => (slot.Offset + slot.Count) * sizeof(float) > found);
        WeightsSlot first = layout.Slots.First(other => other.Section == slot.Section);
        string where = $"layer {slot.Section.Index} [{slot.Section.Name}] of line {slot.Section.Line}";

        // A file that ends between two layers was cut there on purpose, as the backbones for training are.
        if (first.Offset * sizeof(float) == found && first.Offset > 0)
        {
            int last = layout.Slots.Last(other => other.Offset < first.Offset).Section.Index;
            return $"it ends exactly after layer {last} and exactly before {where}: it seems to hold the first layers only, as a backbone for training such as darknet53.conv.74 does. "
                + $"The cfg asks for {wanted} bytes of weights, the file has {found}. Use the weights that were trained with this cfg; or --cutoff {last + 1} takes the file and gives the other layers first numbers.";
        }

        string end = $"it ends in the {slot.Role} of {where}";
        return $"{end}. The cfg asks for {wanted} bytes of weights, the file has {found}. Use the weights that were trained with this cfg, or get the file again if it was cut off.";
    }

    private static long CountReplacements(SafeFileHandle file, long length)
    {
        long count = 0;
        byte[] buffer = new byte[1 << 20];
        long offset = 0;
        while (offset < length)
        {
            int read = RandomAccess.Read(file, buffer, offset);
            if (read < ForeignFile.Replacement.Length)
            {
                break;
            }

            count += buffer.AsSpan(0, read).Count(ForeignFile.Replacement);

            // Two bytes again, so that no sequence is missed that lies across two reads; it cannot lie in the overlap alone.
            offset += read - 2;
        }

        return count;
    }
}
