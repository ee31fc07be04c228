using System.Text.Json;
using PluginPrune.Contracts;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCoco.Reading;

/// <summary>
/// Reads a file of annotations piece by piece: COCO's own has half a gigabyte, nearly all of it outlines that are not needed and
/// never held.
/// </summary>
internal static class InstancesReader
{
    private const int FirstBuffer = 1 << 18;

    // One text or number, such as the run lengths of a crowd, must fit.
    private const int LargestBuffer = 1 << 28;

    private static readonly string[] Sections = ["images", "annotations", "categories"];

    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="InputException">It is no JSON, or something else than annotations.</exception>
    public static Instances Read(string path, CancellationToken cancellationToken)
    {
        string file = UserPath.Of(path);
        var instances = new Instances();
        try
        {
            using FileStream stream = File.OpenRead(path);
            Read(stream, new InstancesHandler(instances), cancellationToken);
        }
        catch (JsonException error)
        {
            throw new InputException(file, (int)(error.LineNumber ?? 0) + 1, $"it is no JSON that can be read: {Shorten(error.Message)}");
        }
        catch (InvalidOperationException)
        {
            throw new InputException(file, null, "a name in it is no UTF-8, as all of JSON must be.");
        }
        catch (InstancesException error)
        {
            throw new InputException(file, null, error.Message);
        }

        string[] missing = [.. Sections.Where(section => !instances.Sections.Contains(section))];
        return missing.Length == 0 ? instances : throw new InputException(
            file, null, $"it has no list '{string.Join("' and no list '", missing)}'; COCO's instances have 'images', 'annotations' and 'categories'.");
    }

    private static void Read(FileStream stream, InstancesHandler handler, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[FirstBuffer];
        int filled = SkipMark(stream, buffer);
        var state = new JsonReaderState(Options);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            bool isLast = read == 0;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isLast, state);
            while (reader.Read())
            {
                handler.Take(ref reader);
            }

            if (isLast)
            {
                return;
            }

            int used = (int)reader.BytesConsumed;
            state = reader.CurrentState;
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
            if (filled == buffer.Length)
            {
                buffer = Larger(buffer);
            }
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        if (buffer.Length >= LargestBuffer)
        {
            throw new InstancesException($"a single value in it is longer than {LargestBuffer >> 20} MB; it holds something else than annotations.");
        }

        byte[] larger = new byte[buffer.Length * 2];
        buffer.CopyTo(larger, 0);
        return larger;
    }

    /// <summary>A byte order mark is no JSON; some editors write one.</summary>
    private static int SkipMark(FileStream stream, byte[] buffer)
    {
        int read = stream.ReadAtLeast(buffer.AsSpan(0, 3), 3, throwOnEndOfStream: false);
        return read == 3 && buffer.AsSpan(0, 3).SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 0 : read;
    }

    // The place in it is counted from 0, and said once.
    private static string Shorten(string message)
    {
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }
}
