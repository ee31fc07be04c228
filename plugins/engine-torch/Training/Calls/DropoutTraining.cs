using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Numerics;
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
        ulong stream = SeededRandom.Mix(((ulong)(uint)seed << 32) ^ (uint)node) ^ SeededRandom.Mix((ulong)turn.Draw);
        for (int i = 0; i < factors.Length; i++)
        {
            double chance = SeededRandom.ToDouble(SeededRandom.Mix(stream + (ulong)i));
            factors[i] = chance < probability ? 0 : kept;
        }

        using Tensor mask = torch.tensor(factors, sizes, ScalarType.Float32, device, isChannelsLast: sizes.Length == 4);
        turn.Keep(mask);
        return inputs[0].mul(mask);
    }

    public override void Backward(Tensor gradient, BackwardTurn turn) => turn.Give(0, gradient.mul(turn.Kept[0]));
}
