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
        foreach (Layer layer in FindConvolutions(cfgPath))
        {
            Func<ulong, double, double> shift = static (_, u) => (u - 0.5) * 0.4;
            Add(layer.Filters, shift);
            if (layer.HasNorm)
            {
                int r = 37 * layer.Index % 101;
                double p = r > 96 ? 1 : 0.55 + (0.4 * r / 100);
                double rest = p == 1 ? 1 : 1 - p;
                Add(layer.Filters, (z, u) => ((z & 1) == 1 ? -1 : 1) * (u < p ? 0.01 * u / p : 0.2 + ((u - p) / rest)));
                Add(layer.Filters, static (_, u) => (u - 0.5) * 0.2);
                Add(layer.Filters, static (_, u) => 0.5 + u);
            }

            int fan = layer.InputsPerFilter * layer.Size * layer.Size;
            double scale = 2 * Math.Sqrt(3.0 / fan);
            Add(layer.Filters * fan, (_, u) => (u - 0.5) * scale);
        }

        return tensors;

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

    private static IEnumerable<Layer> FindConvolutions(string cfgPath)
    {
        List<(string Name, Dictionary<string, string> Options)> sections = Parse(cfgPath);
        int input = Integer(sections[0].Options, "channels", 3);
        var channels = new List<int>();
        for (int i = 0; i < sections.Count - 1; i++)
        {
            (string name, Dictionary<string, string> options) = sections[i + 1];
            int previous = i == 0 ? input : channels[^1];
            int groups = Integer(options, "groups", 1);
            switch (name)
            {
                case "convolutional" or "conv":
                    int filters = Integer(options, "filters", 1);
                    yield return new Layer(i, filters, previous / groups, Integer(options, "size", 1), Integer(options, "batch_normalize", 0) != 0);
                    channels.Add(filters);
                    break;
                case "route":
                    channels.Add(References(options["layers"], i).Sum(layer => channels[layer] / groups));
                    break;
                case "scale_channels":
                    channels.Add(channels[References(options["from"], i).Single()]);
                    break;
                default:
                    channels.Add(previous);
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
                string[] pair = line.Split('=', 2);
                sections[^1].Options.TryAdd(pair[0].Trim(), pair[1].Trim());
            }
        }

        return sections;
    }

    private static int Integer(Dictionary<string, string> options, string key, int otherwise) =>
        options.TryGetValue(key, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private sealed record Layer(int Index, int Filters, int InputsPerFilter, int Size, bool HasNorm);
}
