namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>What a call is told on the way back.</summary>
/// <param name="mayOverwrite">Whether the gradient's memory is free to be used.</param>
/// <param name="kept">What forward kept, in its order.</param>
/// <param name="inputs">The slots of the inputs.</param>
/// <param name="gradients">The gradients by slot.</param>
internal readonly ref struct BackwardTurn(bool mayOverwrite, List<Tensor> kept, int[] inputs, SlotGradients gradients)
{
    public bool MayOverwrite => mayOverwrite;

    public IReadOnlyList<Tensor> Kept => kept;

    /// <summary>Whether anything wants the gradient of an input.</summary>
    public bool Wants(int input) => gradients.Wants(inputs[input]);

    /// <summary>Gives the gradient of an input.</summary>
    /// <param name="input">Which one.</param>
    /// <param name="gradient">A tensor of its own; it becomes the run's.</param>
    /// <param name="isExclusive">Whether nothing else uses its memory.</param>
    public void Give(int input, Tensor gradient, bool isExclusive = true) => gradients.Add(inputs[input], gradient, isExclusive);
}
