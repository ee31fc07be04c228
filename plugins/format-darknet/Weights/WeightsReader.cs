using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using PluginPrune.Contracts;

namespace PluginPrune.FormatDarknet.Weights;

/// <summary>
/// Reads a .weights file straight into the arrays of its tensors: no buffer between, no byte read twice, several pieces at
/// once. A network of 250 MB is read as fast as the pages of the file can be copied.
/// </summary>
internal static class WeightsReader
{
    // Small enough to be still in the cache when its numbers are checked, large enough that the calls do not count.
    private const int PieceLength = 1 << 20;
    private const int PieceFloats = PieceLength / sizeof(float);

    /// <param name="path">The file.</param>
    /// <param name="layout">What it must hold; its slots are filled.</param>
    /// <param name="threads">How many read at once; 0 for one per processor.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputException">It is no .weights file, or not the one of this cfg.</exception>
    public static WeightsHeader Read(string path, WeightsLayout layout, int threads, CancellationToken cancellationToken)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            WeightsHeader header = WeightsInspector.Check(path, file, layout);
            ReadSlots(path, file, header.Length, layout, threads, cancellationToken);
            layout.Missing.ForEach(FirstNumbers.Fill);
            return header;
        }
        catch (AggregateException error) when (error.InnerExceptions.FirstOrDefault() is IOException inner)
        {
            throw new InputException(path, null, $"it cannot be read: {inner.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, $"it cannot be read: {error.Message}");
        }
    }

    private static void ReadSlots(string path, SafeFileHandle file, int headerLength, WeightsLayout layout, int threads, CancellationToken cancellationToken)
    {
        // The large ones first, so that no thread is left alone with one of them at the end.
        (WeightsSlot Slot, int Start)[] pieces =
        [
            .. layout.Slots
                .OrderByDescending(static slot => slot.Count)
                .SelectMany(static slot => Enumerable.Range(0, (slot.Count + PieceFloats - 1) / PieceFloats).Select(i => (slot, i * PieceFloats))),
        ];

        // One array at a time is made by one thread here; two threads on one slot would make two.
        foreach (WeightsSlot slot in layout.Slots)
        {
            _ = slot.Elements;
        }

        long firstFault = long.MaxValue;
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = threads > 0 ? threads : Environment.ProcessorCount };
        Parallel.ForEach(pieces, options, piece =>
        {
            Span<float> numbers = piece.Slot.Elements.AsSpan(piece.Start, Math.Min(PieceFloats, piece.Slot.Count - piece.Start));
            long first = piece.Slot.Offset + piece.Start;
            Fill(file, MemoryMarshal.AsBytes(numbers), headerLength + (first * sizeof(float)));
            int fault = FindNotFinite(numbers);
            if (fault >= 0)
            {
                LowerTo(ref firstFault, first + fault);
            }
        });

        if (firstFault != long.MaxValue)
        {
            throw NotFinite(path, layout, firstFault);
        }
    }

    private static void Fill(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int count = RandomAccess.Read(file, bytes, offset);
            if (count == 0)
            {
                throw new IOException("it became shorter while it was read.");
            }

            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>The place of the first number that is infinite or not a number, or -1.</summary>
    private static int FindNotFinite(ReadOnlySpan<float> numbers)
    {
        // All bits of the exponent set: infinity or NaN.
        const int Exponent = 0x7F800000;
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(numbers);
        var exponent = new Vector<int>(Exponent);
        int i = 0;
        for (; i <= bits.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if (Vector.EqualsAny(new Vector<int>(bits[i..]) & exponent, exponent))
            {
                break;
            }
        }

        for (; i < bits.Length; i++)
        {
            if ((bits[i] & Exponent) == Exponent)
            {
                return i;
            }
        }

        return -1;
    }

    private static void LowerTo(ref long target, long value)
    {
        long seen = Interlocked.Read(ref target);
        while (value < seen)
        {
            long before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private static InputException NotFinite(string path, WeightsLayout layout, long place)
    {
        WeightsSlot slot = layout.Slots.Last(slot => slot.Offset <= place);
        int index = (int)(place - slot.Offset);
        return new InputException(
            path,
            null,
            $"element {index} of the {slot.Role} of layer {slot.Section.Index} [{slot.Section.Name}] is {(float.IsNaN(slot.Elements[index]) ? "not a number (NaN)" : "infinite")}. "
            + "The training diverged, or the file does not belong to this cfg.");
    }
}
