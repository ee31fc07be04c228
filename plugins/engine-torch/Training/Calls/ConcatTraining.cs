using PluginPrune.EngineTorch.Bindings;

namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>Values behind each other along the channels.</summary>
/// <param name="channels">How many channels each has.</param>
internal sealed class ConcatTraining(int[] channels) : TrainingCall
{
    public override Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn) => torch.cat(inputs, 1);

    public override void Backward(Tensor gradient, BackwardTurn turn)
    {
        int start = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            turn.Give(i, gradient.narrow(1, start, channels[i]), isExclusive: false);
            start += channels[i];
        }
    }
}
