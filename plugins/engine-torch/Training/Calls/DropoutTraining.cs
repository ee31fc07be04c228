using PluginPrune.Contracts.Networks;
using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>
/// Elements become 0 by chance, and the others larger by as much as keeps the mean. Chance is a function of the seed, the
/// node, the batch and the element, so that nothing but the number of batches must be remembered.
/// </summary>
internal sealed class DropoutTraining(double probability, Shape shape, int node, int seed, Device device) : TrainingCall
{
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn)
    {
        long[] sizes = inputs[0].shape;
        float[] factors = new float[sizes[0] * shape.Count];
        float kept = probability < 1 ? (float)(1 / (1 - probability)) : 0;
        ulong stream = Mix(((ulong)(uint)seed << 32) ^ (uint)node) ^ Mix((ulong)turn.Draw);
        for (int i = 0; i < factors.Length; i++)
        {
            // 53 bits of chance, uniform in 0 to below 1.
            double chance = (Mix(stream + (ulong)i) >> 11) * (1.0 / (1UL << 53));
            factors[i] = chance < probability ? 0 : kept;
        }

        using Tensor mask = torch.tensor(factors, sizes, ScalarType.Float32, device, isChannelsLast: sizes.Length == 4);
        turn.Keep(mask);
        return inputs[0].mul(mask);
    }

    public override void Backward(Tensor gradient, BackwardTurn turn) => turn.Give(0, gradient.mul(turn.Kept[0]));

    // SplitMix64 (Steele, Lea and Flood 2014): any two of its outputs look unrelated.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
