using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace PluginPrune.Core.Tests.Images;

/// <summary>
/// Writes PNG files of every kind, straight from the standard and sharing nothing with the decoder: samples are random, and
/// what a pixel must become is worked out sample by sample.
/// </summary>
internal sealed class PngSample
{
    private static readonly (int Left, int Top, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly Random _random;
    private readonly int[] _samples;

    public PngSample(int colorType, int depth, int width, int height, bool interlaced, int seed = 1)
    {
        (ColorType, Depth, Width, Height, Interlaced) = (colorType, depth, width, height, interlaced);
        _random = new Random(seed);
        Palette = new byte[3 << Math.Min(depth, 8)];
        _random.NextBytes(Palette);
        _samples = [.. Enumerable.Range(0, width * height * Channels).Select(_ => _random.Next(1 << depth))];
    }

    public int ColorType { get; }

    public int Depth { get; }

    public int Width { get; }

    public int Height { get; }

    public bool Interlaced { get; }

    public byte[] Palette { get; init; }

    /// <summary>Chunks between the header and the pixels.</summary>
    public List<(string Type, byte[] Content)> Extra { get; } = [];

    /// <summary>The most bytes of one IDAT.</summary>
    public int PieceBytes { get; init; } = 37;

    public int Channels => ColorType switch { 2 => 3, 6 => 4, 4 => 2, _ => 1 };

    /// <summary>Red, green and blue of every pixel.</summary>
    public byte[] Expected()
    {
        byte[] expected = new byte[Width * Height * 3];
        for (int i = 0; i < Width * Height; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                int sample = _samples[(i * Channels) + (ColorType is 2 or 6 ? c : 0)];
                expected[(i * 3) + c] = ColorType == 3 ? Palette.ElementAtOrDefault((sample * 3) + c) : To8(sample);
            }
        }

        return expected;
    }

    public byte[] Encode()
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = ((byte)Depth, (byte)ColorType, (byte)(Interlaced ? 1 : 0));
        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] content) in Extra)
        {
            WriteChunk(file, type, content);
        }

        if (ColorType == 3)
        {
            WriteChunk(file, "PLTE", Palette);
        }

        foreach (byte[] piece in Deflate(Filtered()).Chunk(PieceBytes))
        {
            WriteChunk(file, "IDAT", piece);
        }

        WriteChunk(file, "tEXt", Encoding.ASCII.GetBytes("Comment\0after the pixels"));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    public static void WriteChunk(Stream file, string type, byte[] content)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    public static byte[] Deflate(byte[] bytes)
    {
        using var deflated = new MemoryStream();
        using (var stream = new ZLibStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return deflated.ToArray();
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private byte To8(int sample) => Depth switch
    {
        16 => (byte)(sample / 256),
        8 => (byte)sample,
        _ => (byte)(sample * (255 / ((1 << Depth) - 1))),
    };

    private byte[] Filtered()
    {
        var bytes = new List<byte>();
        foreach ((int left, int top, int stepX, int stepY) in Interlaced ? Passes : [(0, 0, 1, 1)])
        {
            byte[]? above = null;
            for (int y = top; y < Height && left < Width; y += stepY)
            {
                var bits = new List<bool>();
                for (int x = left; x < Width; x += stepX)
                {
                    for (int c = 0; c < Channels; c++)
                    {
                        int sample = _samples[(((y * Width) + x) * Channels) + c];
                        bits.AddRange(Enumerable.Range(1, Depth).Select(bit => ((sample >> (Depth - bit)) & 1) != 0));
                    }
                }

                byte[] row = [.. bits.Chunk(8).Select(static chunk => (byte)chunk.Select(static (bit, i) => bit ? 128 >> i : 0).Sum())];
                int filter = _random.Next(5);
                bytes.Add((byte)filter);
                bytes.AddRange(Filter(filter, row, above ?? new byte[row.Length], Math.Max(1, Channels * Depth / 8)));
                above = row;
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<byte> Filter(int filter, byte[] row, byte[] above, int step) => row.Select((value, i) =>
    {
        int a = i < step ? 0 : row[i - step];
        int b = above[i];
        int c = i < step ? 0 : above[i - step];
        int p = a + b - c;
        int[] candidates = [a, b, c];
        int prediction = filter switch
        {
            1 => a,
            2 => b,
            3 => (a + b) / 2,
            4 => candidates.MinBy(candidate => Math.Abs(p - candidate)),
            _ => 0,
        };
        return (byte)(value - prediction);
    });
}
