using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatYolov5.Writing;

/// <summary>
/// safetensors: the length of a header in eight bytes, the header in JSON with type, shape and place of each tensor, then the tensors.
/// </summary>
internal static class SafetensorsFile
{
    private const string Metadata = "__metadata__";
    private const int LongestHeader = 16 << 20;
    private const int MostAxes = 8;
    private const int Alignment = 8;

    /// <summary>Reads all tensors.</summary>
    /// <exception cref="TorchFileException">It is none, or damaged.</exception>
    public static ImmutableArray<StateEntry> Read(Stream stream)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length
            || BinaryPrimitives.ReadUInt64LittleEndian(length) is var told && (told < 2 || told > LongestHeader || told > (ulong)(stream.Length - length.Length)))
        {
            throw new TorchFileException("it is no safetensors file: its header is missing, too long, or cut off.");
        }

        byte[] header = new byte[(int)BinaryPrimitives.ReadUInt64LittleEndian(length)];
        stream.ReadExactly(header);
        long start = stream.Position;
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            var entries = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
            long taken = 0;
            foreach (JsonProperty tensor in document.RootElement.EnumerateObject().Where(static property => property.Name != Metadata))
            {
                // Tensors lie one behind the other; whoever has them overlap has memory in mind.
                Tensor read = ReadTensor(stream, start, tensor);
                entries[tensor.Name] = (taken += read.Bytes.Length) <= stream.Length ? read : throw new TorchFileException($"its tensor '{tensor.Name}' lies where others do: the file is damaged.");
            }

            return [.. entries.Select(static pair => new StateEntry(pair.Key, pair.Value))];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new TorchFileException("its header is no safetensors header: the file is damaged.");
        }
    }

    /// <summary>Writes tensors in their order.</summary>
    public static void Write(Stream stream, ImmutableArray<StateEntry> entries, CancellationToken cancellationToken)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            long place = 0;
            json.WriteStartObject();
            foreach ((string name, Tensor tensor) in entries)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (int extent in tensor.Shape.Dimensions)
                {
                    json.WriteNumberValue(extent);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(place);
                json.WriteNumberValue(place += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Padded with spaces, so that tensors lie at places that their elements divide.
        header.Write(Encoding.ASCII.GetBytes(new string(' ', (int)((Alignment - (header.Length % Alignment)) % Alignment))));
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        foreach (StateEntry entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            stream.Write(entry.Tensor.Bytes);
        }
    }

    private static Tensor ReadTensor(Stream stream, long start, JsonProperty tensor)
    {
        string dtype = tensor.Value.GetProperty("dtype").GetString() ?? string.Empty;
        long[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(static number => number.GetInt64())];
        int[] extents = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(static number => number.GetInt32())];
        (ElementType type, int size) = dtype switch
        {
            "F32" => (ElementType.F32, 4),
            "F16" => (ElementType.F16, 2),
            "I64" => (ElementType.I64, 8),
            _ => throw new TorchFileException($"its tensor '{tensor.Name}' is of the type {dtype}; F32, F16 and I64 are read."),
        };
        long count = 1;
        foreach (int extent in extents)
        {
            count = extent < 1 || extents.Length > MostAxes || count > int.MaxValue ? long.MaxValue : count * extent;
        }

        if (offsets is not [>= 0 and var begin, var end] || count > int.MaxValue || begin > end || end > stream.Length - start || end - begin > int.MaxValue || end - begin != count * size)
        {
            throw new TorchFileException($"its tensor '{tensor.Name}' of the shape [{string.Join(", ", extents)}] has other bytes than it needs, or some that lie beyond the file's end.");
        }

        byte[] bytes = new byte[count * size];
        stream.Position = start + begin;
        stream.ReadExactly(bytes);
        return Tensor.FromBytes(new Shape(extents), type, bytes);
    }
}
