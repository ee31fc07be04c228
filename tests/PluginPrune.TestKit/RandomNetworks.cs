using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.TestKit;

/// <summary>Random legal networks from all core operations that an engine runs.</summary>
public static class RandomNetworks
{
    private static readonly ActivationKind[] ZeroPreserving =
    [
        ActivationKind.Relu, ActivationKind.LeakyRelu, ActivationKind.Mish, ActivationKind.Silu, ActivationKind.Tanh,
        ActivationKind.Elu, ActivationKind.HardSwish, ActivationKind.Linear,
    ];

    /// <summary>Makes a network.</summary>
    /// <param name="seed">One seed, one network.</param>
    /// <param name="isPadded">Whether windows may see zero padding.</param>
    /// <param name="preservesZero">Whether every activation maps 0 to 0.</param>
    public static Network Make(int seed, bool isPadded, bool preservesZero)
    {
        var random = new Random(seed);
        var builder = new NetworkBuilder(seed, 3, 24, 24);
        string last = builder.ConvNormAct("input", Width(random), 3, padding: isPadded ? 1 : 0);
        var values = new List<string> { last };
        int steps = random.Next(8, 26);
        for (int i = 0; i < steps; i++)
        {
            string from = values[Math.Max(0, values.Count - 1 - random.Next(4))];
            if (Grow(builder, random, values, from, isPadded, preservesZero) is { } grown)
            {
                values.Add(grown);
            }
        }

        Finish(builder, random, values);
        return builder.Build(FormattableString.Invariant($"random-{seed}"));
    }

    private static int Width(Random random) => 4 * random.Next(1, 5);

    private static string? Grow(NetworkBuilder b, Random random, List<string> values, string from, bool isPadded, bool preservesZero)
    {
        Shape shape = b.Shapes[from];
        if (shape.Rank != 3)
        {
            return null;
        }

        int? padding = isPadded ? null : 0;
        bool isLarge = shape.Height >= 8 && shape.Width >= 8;
        switch (random.Next(23))
        {
            case 0 or 1:
                return b.Act(b.Norm(b.Conv(from, Width(random), isLarge ? 3 : 1, padding: padding)), Activation(random, preservesZero));
            case 2:
                return b.Act(b.Conv(from, Width(random), 1, bias: random.Next(2) == 0), Activation(random, preservesZero));
            case 3 when shape.Channels % 2 == 0:
                return b.Norm(b.Conv(from, Width(random), isLarge ? 3 : 1, groups: 2, padding: padding));
            case 4 when isLarge:
                string depthwise = b.Conv(from, shape.Channels * random.Next(1, 3), 3, groups: shape.Channels, padding: padding, bias: random.Next(2) == 0);
                return random.Next(3) == 0 ? depthwise : b.Act(b.Norm(depthwise));
            case 5:
                return b.Norm(from);
            case 6:
                return b.Act(from, Activation(random, preservesZero));
            case 7 or 8 or 9:
                return Residual(b, random, from, shape, isPadded && isLarge);
            case 10 when values.Where(other => b.Shapes[other] == shape && other != from).ToArray() is [_, ..] same:
                return b.Add(new Add(), from, same[random.Next(same.Length)]);
            case 11:
                string squeezed = b.Act(b.Conv(b.Add(new GlobalAveragePool(), from), Width(random), 1, bias: true), ActivationKind.Relu);
                return b.Add(new Multiply(), from, b.Act(b.Conv(squeezed, shape.Channels, 1, bias: true), preservesZero ? ActivationKind.Tanh : ActivationKind.Sigmoid));
            case 12 or 13 when values.Where(other => b.Shapes[other] is { Rank: 3 } s && s.Height == shape.Height && s.Width == shape.Width).ToArray() is [_, ..] fitting && shape.Channels < 64:
                return b.Add(new Concat(), from, fitting[random.Next(fitting.Length)]);
            case 14 when shape.Channels % 2 == 0:
                return b.Add(new Split(2, random.Next(2)), from);
            case 15 when shape.Channels > 2:
                int start = random.Next(shape.Channels - 1);
                return b.Add(new Slice(start, random.Next(1, shape.Channels - start)), from);
            case 16 when isLarge:
                return b.Add(new MaxPool(Extent.Square(2), Extent.Square(random.Next(1, 3)), isPadded ? new Padding(0, 0, 1, 1) : default), from);
            case 17 when isLarge:
                return b.Add(new AveragePool(Extent.Square(3), Extent.Square(1), isPadded ? Padding.Same(1) : default) { CountsPadding = random.Next(2) == 0 }, from);
            case 18 when shape.Height <= 16:
                return b.Add(new Upsample(2), from);
            case 19 when shape.Height % 2 == 0 && shape.Width % 2 == 0 && isLarge && shape.Channels <= 16:
                return b.Add(new SpaceToDepth(2, random.Next(2) == 0), from);
            case 20 when shape.Channels % 4 == 0:
                return b.Add(new ChannelShuffle(random.Next(2) == 0 ? 2 : 4), from);
            case 21 when shape.Channels <= 32:
                return Widening(b, random, from, shape, isPadded && isLarge);
            case 22:
                return Odd(b, random, from, shape);
            default:
                return b.Add(random.Next(2) == 0 ? new Identity() : new Dropout(0.1), from);
        }
    }

    /// <summary>A block that can be removed: of one, two or three layers, depthwise ones among them.</summary>
    private static string Residual(NetworkBuilder b, Random random, string from, Shape shape, bool canPad)
    {
        string branch = from;
        int layers = random.Next(1, 4);
        for (int i = 1; i < layers; i++)
        {
            branch = b.ConvNormAct(branch, Width(random), canPad ? 3 : 1);
            if (random.Next(3) == 0 && canPad)
            {
                branch = b.ConvNormAct(branch, b.Shapes[branch].Channels, 3, groups: b.Shapes[branch].Channels);
            }
        }

        branch = b.Norm(b.Conv(branch, shape.Channels, 1));
        return b.Add(new Add(), from, random.Next(2) == 0 ? branch : b.Act(branch));
    }

    /// <summary>A block with more channels than its input, which a shortcut without weights takes up: every second place, zeros around.</summary>
    private static string Widening(NetworkBuilder b, Random random, string from, Shape shape, bool canPad)
    {
        var padding = new ChannelPadding(random.Next(5), random.Next(1, 5));
        int stride = canPad ? random.Next(1, 3) : 1;
        string branch = b.Norm(b.Conv(from, padding.Before + shape.Channels + padding.After, canPad ? 3 : 1, stride: stride, padding: canPad ? 1 : 0));
        string shortcut = stride == 1 ? from : b.Add(new MaxPool(Extent.Square(1), Extent.Square(stride), default), from);
        return b.Add(new Add(), branch, b.Add(padding, shortcut));
    }

    /// <summary>Operations after which channels mean something else, or nothing apart from each other.</summary>
    private static string Odd(NetworkBuilder b, Random random, string from, Shape shape) => random.Next(5) switch
    {
        0 => b.Add(new Softmax(), from),
        1 => b.Add(new ChannelNormalization((ChannelNormalizationKind)random.Next(3)), from),
        2 => b.Add(new Transpose([0, 2, 1]), from),
        3 => b.Add(new Transpose([1, 0, 2]), from),
        _ => b.Add(new Reshape(new Shape(shape.Channels * shape.Height, shape.Width, 1)), from),
    };

    private static void Finish(NetworkBuilder b, Random random, List<string> values)
    {
        foreach (string value in values.TakeLast(2))
        {
            if (b.Shapes[value].Count < 20000 && random.Next(3) == 0)
            {
                b.Head(b.Linear(b.Add(new Flatten(), b.Shapes[value].Rank == 3 ? b.Add(new GlobalMaxPool(), value) : value), 7, random.Next(2) == 0));
            }
            else
            {
                b.Head(b.Conv(value, 6, 1, bias: random.Next(3) > 0));
            }
        }

        // Loose ends of the network become outputs and are locked; most are better read by one more head.
        var read = b.Nodes.SelectMany(static node => node.Inputs).ToHashSet(StringComparer.Ordinal);
        foreach (string end in b.Nodes.Select(static node => node.Id).Where(id => !read.Contains(id)).ToArray())
        {
            if (b.Shapes[end].Rank == 3 && b.Shapes[end] != new Shape(6, b.Shapes[end].Height, b.Shapes[end].Width) && random.Next(4) > 0)
            {
                b.Head(b.Conv(end, 5, 1, bias: true));
            }
        }
    }

    private static ActivationKind Activation(Random random, bool preservesZero) => preservesZero
        ? ZeroPreserving[random.Next(ZeroPreserving.Length)]
        : (ActivationKind)random.Next(Enum.GetValues<ActivationKind>().Length - 1);
}
