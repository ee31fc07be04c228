using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Numerics;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>
/// The sizes of the batches of a training at several scales: a new one every ten steps, between two thirds and one and a half of
/// the network's, in steps of the network's largest stride.
/// </summary>
/// <param name="settings">How to train.</param>
/// <param name="size">The network's size.</param>
/// <param name="stride">How many pixels one place of the network's smallest map stands for, see <see cref="StrideOf"/>.</param>
public sealed class ScaleSchedule(TrainerSettings settings, PictureSize size, PictureSize stride)
{
    private const int StepsOfASize = 10;
    private const double Widest = 1.5;

    /// <summary>How many pixels one place of a network's smallest map stands for.</summary>
    /// <param name="network">The network; values of one place, behind a pool of all of a map, do not count.</param>
    public static PictureSize StrideOf(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Shape input = network.Inputs[0].Shape;
        Shape[] maps = [.. network.Nodes.Select(node => network.ShapeOf(node.Id)).Where(static shape => shape is { Rank: 3, Height: > 1, Width: > 1 })];
        return new PictureSize(LargestIn(input.Width, maps.Select(static map => map.Width)), LargestIn(input.Height, maps.Select(static map => map.Height)));
    }

    /// <summary>The size of a step's batches.</summary>
    /// <param name="step">From 0.</param>
    public PictureSize SizeOf(long step)
    {
        if (!settings.IsMultiScale)
        {
            return size;
        }

        double share = new SeededRandom(unchecked(((ulong)(uint)settings.Seed << 32) + (ulong)(step / StepsOfASize))).NextDouble();
        double factor = (1 / Widest) + (share * (Widest - (1 / Widest)));
        return new PictureSize(Round(size.Width * factor, stride.Width), Round(size.Height * factor, stride.Height));
    }

    /// <summary>All sizes that a training comes to, in the order of their first steps.</summary>
    /// <param name="steps">How many steps it has.</param>
    public IReadOnlyList<PictureSize> SizesIn(long steps)
    {
        var sizes = new List<PictureSize>();
        for (long step = 0; step < steps; step += StepsOfASize)
        {
            if (!sizes.Contains(SizeOf(step)))
            {
                sizes.Add(SizeOf(step));
            }
        }

        return sizes;
    }

    /// <summary>The first of some sizes that a network does not take, and why; null where it takes all.</summary>
    /// <param name="network">The network.</param>
    /// <param name="sizes">The sizes.</param>
    public static string? FindMisfit(Network network, IEnumerable<PictureSize> sizes)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(sizes);
        foreach (PictureSize size in sizes)
        {
            try
            {
                network.WithInputSize(size.Height, size.Width);
            }
            catch (Exception misfit) when (misfit is NetworkException or ArgumentOutOfRangeException)
            {
                return $"'{network.Name}' does not take pictures of {size}: {misfit.Message}";
            }
        }

        return null;
    }

    // Maps are rounded up or down on the way; strides are powers of two.
    private static int LargestIn(int input, IEnumerable<int> sides) =>
        sides.Select(side => 1 << (int)Math.Round(Math.Log2((double)input / side))).Append(1).Max();

    private static int Round(double side, int stride) => Math.Max(1, (int)Math.Round(side / stride)) * stride;
}
