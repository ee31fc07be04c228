using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Sensitivity;

/// <summary>
/// What has been measured so far, in a file that grows by a line with each measurement: a run that was interrupted or killed goes
/// on where it was. Lines bear the key of what was measured and how, so that others are not taken for ours; the last one, where a
/// host was killed while it wrote it, is passed over.
/// </summary>
public sealed class MeasurementStore : IDisposable
{
    /// <summary>The name of the file in the folder of a run.</summary>
    public const string FileName = "measurements.jsonl";

    private readonly Dictionary<(string Group, string Kept), ImmutableArray<Metric>> _known = [];
    private readonly string _path;
    private readonly string _key;
    private FileStream? _file;

    /// <summary>Reads what there is. The folder must be ours alone.</summary>
    /// <param name="folder">The folder of the run.</param>
    /// <param name="key">What is measured and how, see <see cref="KeyOf"/>.</param>
    /// <exception cref="OutputException">The file is there and cannot be read.</exception>
    public MeasurementStore(string folder, string key)
    {
        _path = Path.Combine(folder, FileName);
        _key = key;
        Guard(() =>
        {
            foreach (string line in File.Exists(_path) ? File.ReadLines(_path) : [])
            {
                Read(line);
            }

            return true;
        });
    }

    /// <summary>How many measurements there are under this key.</summary>
    public int Count => _known.Count;

    /// <summary>One key for all that decides what comes of measuring a plan.</summary>
    /// <param name="parts">For instance fingerprints of network and pictures, the evaluator with its options, the engine.</param>
    public static string KeyOf(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..32];

    /// <summary>The key of the first measurement in a folder; null where there is none that can be read.</summary>
    /// <param name="folder">A folder, which need not exist.</param>
    public static string? FirstKeyIn(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) && File.ReadLines(path).FirstOrDefault() is { } line && Parse(line) is { } found ? found.Key : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What was measured before; null where it was not.</summary>
    /// <param name="group">The group that loses channels; empty for none.</param>
    /// <param name="kept">What stays of it, as in '0-3 7'.</param>
    public ImmutableArray<Metric>? Find(string group, string kept) => _known.TryGetValue((group, kept), out ImmutableArray<Metric> metrics) ? metrics : null;

    /// <summary>Keeps a measurement, on disk before this returns.</summary>
    /// <param name="group">The group that loses channels; empty for none.</param>
    /// <param name="kept">What stays of it.</param>
    /// <param name="metrics">What was measured.</param>
    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Add(string group, string kept, ImmutableArray<Metric> metrics)
    {
        _known[(group, kept)] = metrics;
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            Write(json, group, kept, metrics);
        }

        line.Write("\n"u8);
        Guard(() =>
        {
            _file ??= Open();
            _file.Write(line.WrittenSpan);
            _file.Flush(flushToDisk: true);
            return true;
        });
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private static (string Key, string Group, string Kept, ImmutableArray<Metric> Metrics)? Parse(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            return (
                root.GetProperty("key").GetString()!,
                root.GetProperty("group").GetString()!,
                root.GetProperty("kept").GetString()!,
                [.. root.GetProperty("metrics").EnumerateArray().Select(MetricJson.Read)]);
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Cut off, or edited: it is measured again.
            return null;
        }
    }

    private void Read(string line)
    {
        if (Parse(line) is { } found && found.Key == _key)
        {
            _known[(found.Group, found.Kept)] = found.Metrics;
        }
    }

    private void Write(Utf8JsonWriter json, string group, string kept, ImmutableArray<Metric> metrics)
    {
        json.WriteStartObject();
        json.WriteString("key", _key);
        json.WriteString("group", group);
        json.WriteString("kept", kept);
        json.WriteStartArray("metrics");
        foreach (Metric metric in metrics)
        {
            MetricJson.Write(json, metric);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Behind a line that was cut off a new one begins.</summary>
    private FileStream Open()
    {
        var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            if (file.ReadByte() != '\n')
            {
                file.Write("\n"u8);
            }
        }

        return file;
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is UnauthorizedAccessException or ArgumentOutOfRangeException or (IOException and not OutputException))
        {
            throw new OutputException($"{_path}, which holds what has been measured, cannot be used: {error.Message}", isBadPlace: false);
        }
    }
}
