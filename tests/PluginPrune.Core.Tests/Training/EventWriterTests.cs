using System.Buffers.Binary;
using PluginPrune.Core.Training.Logs;

namespace PluginPrune.Core.Tests.Training;

/// <summary>Event files, read by the letter of the format: a reader of its own, bit by bit.</summary>
public sealed class EventWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("events").FullName;

    [Fact]
    public void Every_record_bears_its_length_and_both_checksums()
    {
        using (EventWriter writer = EventWriter.Create(_folder, 1, TimeProvider.System))
        {
            writer.Scalar("loss/sum", 2.5, 3);
            writer.Histogram("gamma/all", [0.1f, 0.2f, -0.5f], 3);
            writer.Picture("samples/0", [1, 2, 3], 4, 5, 3);
        }

        List<byte[]> records = Records();

        records.Should().HaveCount(5);
        Field(records[0], 3).Should().Equal("brain.Event:2"u8.ToArray());
        byte[] value = Field(Field(records[2], 5), 1);
        Field(value, 1).Should().Equal("loss/sum"u8.ToArray());
        BinaryPrimitives.ReadSingleLittleEndian(Field(value, 2)).Should().Be(2.5f);
        Field(records[2], 2).Should().Equal(3);
        byte[] histogram = Field(Field(Field(records[3], 5), 1), 5);
        BinaryPrimitives.ReadDoubleLittleEndian(Field(histogram, 1)).Should().Be(-0.5f);
        BinaryPrimitives.ReadDoubleLittleEndian(Field(histogram, 2)).Should().Be(0.2f);
        BinaryPrimitives.ReadDoubleLittleEndian(Field(histogram, 3)).Should().Be(3);
        double[] limits = Doubles(Field(histogram, 6));
        double[] counts = Doubles(Field(histogram, 7));
        limits.Should().BeInAscendingOrder().And.HaveSameCount(counts);
        counts.Sum().Should().Be(3);
        foreach (float number in new[] { 0.1f, 0.2f, -0.5f })
        {
            int bucket = Array.FindIndex(limits, limit => number <= limit);
            counts[bucket].Should().BeGreaterThan(0);
        }

        Field(Field(Field(Field(records[4], 5), 1), 4), 4).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Runs_that_begin_in_one_second_have_files_of_their_own()
    {
        using EventWriter first = EventWriter.Create(_folder, 1, TimeProvider.System);
        using EventWriter second = EventWriter.Create(_folder, 1, TimeProvider.System);

        Directory.GetFiles(_folder).Should().HaveCount(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private List<byte[]> Records()
    {
        byte[] bytes = File.ReadAllBytes(Directory.GetFiles(_folder).Single());
        var records = new List<byte[]>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)).Should().Be(Masked(bytes.AsSpan(at, 8)));
            byte[] data = bytes[(at + 12)..(at + 12 + length)];
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)).Should().Be(Masked(data));
            records.Add(data);
            at += 16 + length;
        }

        return records;
    }

    // CRC-32C as its definition says: bit by bit, polynomial 0x1EDC6F41 reversed.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    private static double[] Doubles(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(8 * i)))];

    /// <summary>The bytes of a message's field; those of a varint are its value in one byte.</summary>
    private static byte[] Field(byte[] message, int wanted)
    {
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message, ref at);
            int length = (key & 7) switch { 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => 0 };
            byte[] value = (key & 7) == 0 ? [(byte)Varint(message, ref at)] : message[at..(at + length)];
            at += length;
            if ((int)(key >> 3) == wanted)
            {
                return value;
            }
        }

        throw new InvalidOperationException($"The message has no field {wanted}.");
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
