using System.Buffers.Binary;
using System.Globalization;

namespace PluginPrune.Core.Training.Logs;

/// <summary>
/// An event file that TensorBoard reads: records of a length, a checksum, an Event message, a checksum (TensorFlow's TFRecord and
/// event.proto). Each event is on the disk when its call returns; a file that is cut off in the middle of a record is read up to it.
/// </summary>
public sealed class EventWriter : IDisposable
{
    private const int HistogramField = 5;
    private const int ImageField = 4;
    private const int ScalarField = 2;
    private const int ColorChannels = 3;

    // SessionLog.START: TensorBoard then forgets what an earlier file says of this step and later ones.
    private const int SessionStarts = 1;

    private readonly FileStream _file;
    private readonly TimeProvider _time;

    private EventWriter(FileStream file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <summary>Begins a file in a folder; its name is new.</summary>
    /// <param name="folder">Made where it does not exist.</param>
    /// <param name="firstStep">Where the run goes on; what earlier files say of this and later steps is forgotten.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static EventWriter Create(string folder, long firstStep, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Directory.CreateDirectory(folder);
        long seconds = time.GetUtcNow().ToUnixTimeSeconds();
        FileStream file;
        for (int number = 0; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds}.pluginprune.{number}");
            try
            {
                file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
                break;
            }
            catch (IOException) when (File.Exists(Path.Combine(folder, name)))
            {
                // Another run began in this very second.
            }
        }

        var writer = new EventWriter(file, time);
        writer.Write(writer.Event(0).Text(3, "brain.Event:2"));
        writer.Write(writer.Event(firstStep).Message(7, new ProtoMessage().Integer(1, SessionStarts)));
        return writer;
    }

    /// <summary>Writes a number.</summary>
    public void Scalar(string tag, double value, long step) =>
        Write(step, new ProtoMessage().Text(1, tag).Float(ScalarField, (float)value));

    /// <summary>Writes how numbers are spread.</summary>
    public void Histogram(string tag, ReadOnlySpan<float> numbers, long step)
    {
        Histogram histogram = Logs.Histogram.Of(numbers);
        ProtoMessage message = new ProtoMessage()
            .Double(1, histogram.Minimum).Double(2, histogram.Maximum).Double(3, histogram.Count).Double(4, histogram.Sum).Double(5, histogram.SumOfSquares)
            .PackedDoubles(6, histogram.Limits).PackedDoubles(7, histogram.Counts);
        Write(step, new ProtoMessage().Text(1, tag).Message(HistogramField, message));
    }

    /// <summary>Writes a picture.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="encoded">A PNG or JPEG file.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="step">The step.</param>
    public void Picture(string tag, ReadOnlySpan<byte> encoded, int width, int height, long step) => Write(
        step,
        new ProtoMessage().Text(1, tag).Message(ImageField, new ProtoMessage().Integer(1, height).Integer(2, width).Integer(3, ColorChannels).Blob(4, encoded)));

    /// <summary>Takes the file away again, and its folder where nothing else is in it.</summary>
    public void Discard()
    {
        _file.Dispose();
        File.Delete(_file.Name);
        string folder = Path.GetDirectoryName(_file.Name)!;
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private ProtoMessage Event(long step) => new ProtoMessage()
        .Double(1, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds)
        .Integer(2, step);

    private void Write(long step, ProtoMessage value) => Write(Event(step).Message(5, new ProtoMessage().Message(1, value)));

    private void Write(ProtoMessage message)
    {
        byte[] data = message.ToArray();
        byte[] record = new byte[sizeof(ulong) + sizeof(uint) + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), MaskedCrc.Of(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record, sizeof(ulong) + sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), MaskedCrc.Of(data));
        _file.Write(record);
        _file.Flush();
    }
}
