using PluginPrune.Contracts.Numerics;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Training;

/// <summary>
/// The sizes of the batches of a training at several scales: a new one every ten steps, between two thirds and one and a half of
/// the network's, in steps of the network's largest stride.
/// </summary>
internal sealed class ScaleSchedule(TrainerSettings settings, PictureSize size)
{
    private const int Stride = 32;
    private const int StepsOfASize = 10;
    private const double Widest = 1.5;

    public PictureSize SizeOf(long step)
    {
        if (!settings.IsMultiScale)
        {
            return size;
        }

        double share = new SeededRandom(unchecked(((ulong)(uint)settings.Seed << 32) + (ulong)(step / StepsOfASize))).NextDouble();
        double factor = (1 / Widest) + (share * (Widest - (1 / Widest)));
        return new PictureSize(Round(size.Width * factor), Round(size.Height * factor));
    }

    private static int Round(double side) => Math.Max(1, (int)Math.Round(side / Stride)) * Stride;
}
