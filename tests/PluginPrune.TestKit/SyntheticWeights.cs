using System.Globalization;
using System.Runtime.InteropServices;

namespace PluginPrune.TestKit;

/// <summary>
/// Weights that anyone can make again, number by number, for any Darknet cfg: number k is drawn from the splitmix64 finaliser
/// of seed + (k + 1) * golden ratio. Golden results are known for them. Reads the cfg on its own, so that it can check readers.
/// </summary>
public static class SyntheticWeights
{
    private const ulong Seed = 20240607;
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    /// <summary>Writes the weights of a cfg, with the header 0.2.5 and no pictures seen.</summary>
    /// <param name="cfgPath">The cfg.</param>
    /// <param name="weightsPath">The file to write.</param>
    public static void Write(string cfgPath, string weightsPath)
    {
        using FileStream stream = File.Create(weightsPath);
        stream.Write(MemoryMarshal.AsBytes<int>([0, 2, 5, 0, 0]));
        foreach (float[] tensor in Make(cfgPath))
        {
            stream.Write(MemoryMarshal.AsBytes(tensor.AsSpan()));
        }
    }

    private static List<float[]> Make(string cfgPath)
    {
        var tensors = new List<float[]>();
        ulong place = 0;
        foreach (Layer layer in FindLayers(cfgPath))
        {
            Func<ulong, double, double> shift = static (_, u) => (u - 0.5) * 0.4;
            Add(layer.Filters, shift);
            if (layer.IsNormLast)
            {
                AddWeights(layer);
            }

            if (layer.HasNorm)
            {
                int r = 37 * layer.Index % 101;
                double p = r > 96 ? 1 : 0.55 + (0.4 * r / 100);
                double rest = p == 1 ? 1 : 1 - p;
                Add(layer.Filters, (z, u) => ((z & 1) == 1 ? -1 : 1) * (u < p ? 0.01 * u / p : 0.2 + ((u - p) / rest)));
                Add(layer.Filters, static (_, u) => (u - 0.5) * 0.2);
                Add(layer.Filters, static (_, u) => 0.5 + u);
            }

            if (!layer.IsNormLast)
            {
                AddWeights(layer);
            }
        }

        return tensors;

        void AddWeights(Layer layer)
        {
            if (layer.Fan > 0)
            {
                double scale = 2 * Math.Sqrt(3.0 / layer.Fan);
                Add(layer.Filters * layer.Fan, (_, u) => (u - 0.5) * scale);
            }
        }

        void Add(int count, Func<ulong, double, double> value)
        {
            float[] tensor = new float[count];
            ulong first = place;
            const int Piece = 1 << 16;
            Parallel.For(0, (count + Piece - 1) / Piece, piece =>
            {
                for (int i = piece * Piece; i < Math.Min(count, (piece + 1) * Piece); i++)
                {
                    ulong z = Finalise(Seed + ((first + (ulong)i + 1) * GoldenRatio));
                    tensor[i] = (float)value(z, (z >> 11) * (1.0 / (1UL << 53)));
                }
            });
            tensors.Add(tensor);
            place += (ulong)count;
        }
    }

    private static ulong Finalise(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static IEnumerable<Layer> FindLayers(string cfgPath)
    {
        List<(string Name, Dictionary<string, string> Options)> sections = Parse(cfgPath);
        Dictionary<string, string> net = sections[0].Options;
        bool isVector = !net.ContainsKey("height");
        var input = new Map(
            isVector ? Integer(net, "inputs", 1) : Integer(net, "channels", 3), isVector ? 1 : Integer(net, "height", 1), isVector ? 1 : Integer(net, "width", 1));
        var maps = new List<Map>();
        for (int i = 0; i < sections.Count - 1; i++)
        {
            (string name, Dictionary<string, string> options) = sections[i + 1];
            Map previous = i == 0 ? input : maps[^1];
            int groups = Integer(options, "groups", 1);
            int stride = Integer(options, "stride", 1);
            int size = Integer(options, "size", name is "maxpool" or "max" ? stride : 1);
            int filters = Integer(options, "filters", 1);
            int outputs = Integer(options, "output", 1);
            bool hasNorm = Integer(options, "batch_normalize", 0) != 0;
            switch (name)
            {
                case "convolutional" or "conv":
                    yield return new Layer(i, filters, previous.Channels / groups * size * size, hasNorm);
                    int room = (2 * (Integer(options, "pad", 0) != 0 ? size / 2 : Integer(options, "padding", 0))) - size;
                    maps.Add(new Map(filters, previous.Height, previous.Width).Slid(room, Integer(options, "stride_y", stride), Integer(options, "stride_x", stride)));
                    break;
                case "connected":
                    yield return new Layer(i, outputs, previous.Count, hasNorm) { IsNormLast = true };
                    maps.Add(new Map(outputs, 1, 1));
                    break;
                case "local":
                    Map places = new Map(filters, previous.Height, previous.Width).Slid(Integer(options, "pad", 0) != 0 ? -1 : -size, stride, stride);
                    yield return new Layer(i, places.Count, previous.Channels * size * size, HasNorm: false);
                    maps.Add(places);
                    break;
                case "rnn" or "gru" or "lstm":
                    int gates = name switch { "rnn" => 1, "gru" => 3, _ => 4 };
                    (int Inputs, int Outputs)[] parts = name == "rnn"
                        ? [(previous.Count, outputs), (outputs, outputs), (outputs, outputs)]
                        : [.. Enumerable.Repeat((outputs, outputs), gates), .. Enumerable.Repeat((previous.Count, outputs), gates)];
                    foreach ((int from, int to) in parts)
                    {
                        yield return new Layer(i, to, from, hasNorm) { IsNormLast = true };
                    }

                    maps.Add(new Map(outputs, 1, 1));
                    break;
                case "shortcut" when options.GetValueOrDefault("weights_type", "none") != "none":
                    int sources = 1 + References(options["from"], i).Count();
                    yield return new Layer(i, options["weights_type"] == "per_channel" ? sources * previous.Channels : sources, 0, HasNorm: false);
                    maps.Add(previous);
                    break;
                case "maxpool" or "max":
                    maps.Add(previous.Slid(Integer(options, "padding", size - 1) - size, Integer(options, "stride_y", stride), Integer(options, "stride_x", stride)));
                    break;
                case "avgpool" or "avg":
                    maps.Add(new Map(previous.Channels, 1, 1));
                    break;
                case "upsample":
                    int factor = Integer(options, "stride", 2);
                    maps.Add(new Map(previous.Channels, previous.Height * factor, previous.Width * factor));
                    break;
                case "crop":
                    maps.Add(new Map(previous.Channels, Integer(options, "crop_height", 1), Integer(options, "crop_width", 1)));
                    break;
                case "reorg" or "reorg3d":
                    int extra = Integer(options, "extra", 0);
                    maps.Add(extra > 0
                        ? new Map(previous.Count + extra, 1, 1)
                        : Integer(options, "reverse", 0) != 0
                            ? new Map(previous.Channels / stride / stride, previous.Height * stride, previous.Width * stride)
                            : new Map(previous.Channels * stride * stride, previous.Height / stride, previous.Width / stride));
                    break;
                case "route":
                    Map[] joined = [.. References(options["layers"], i).Select(layer => maps[layer])];
                    maps.Add(joined[0] with { Channels = joined.Sum(map => map.Channels / groups) });
                    break;
                case "scale_channels" or "sam":
                    maps.Add(maps[References(options["from"], i).Single()]);
                    break;
                default:
                    maps.Add(previous);
                    break;
            }
        }
    }

    private static IEnumerable<int> References(string text, int own) =>
        text.Split(',').Select(item => int.Parse(item, CultureInfo.InvariantCulture)).Select(index => index < 0 ? own + index : index);

    private static List<(string Name, Dictionary<string, string> Options)> Parse(string cfgPath)
    {
        var sections = new List<(string Name, Dictionary<string, string> Options)>();
        foreach (string line in File.ReadLines(cfgPath).Select(static line => line.Split('#', ';')[0].Trim()).Where(static line => line.Length > 0))
        {
            if (line[0] == '[')
            {
                sections.Add((line.Trim('[', ']'), new Dictionary<string, string>(StringComparer.Ordinal)));
            }
            else
            {
                // A line without '=' goes on with the list of the line before; no list matters here.
                string[] pair = line.Split('=', 2);
                sections[^1].Options.TryAdd(pair[0].Trim(), pair.Length > 1 ? pair[1].Trim() : string.Empty);
            }
        }

        return sections;
    }

    private static int Integer(Dictionary<string, string> options, string key, int otherwise) =>
        options.TryGetValue(key, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Numbers of a section: as many biases as filters, for each of them as many weights as its fan.</summary>
    private sealed record Layer(int Index, int Filters, int Fan, bool HasNorm)
    {
        public bool IsNormLast { get; init; }
    }

    private sealed record Map(int Channels, int Height, int Width)
    {
        public int Count => Channels * Height * Width;

        public Map Slid(int room, int strideY, int strideX) => new(Channels, ((Height + room) / strideY) + 1, ((Width + room) / strideX) + 1);
    }
}
