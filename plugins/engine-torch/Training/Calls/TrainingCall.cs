namespace PluginPrune.EngineTorch.Training.Calls;

/// <summary>Computes one node, or several in one, and the gradients back through it.</summary>
internal abstract class TrainingCall
{
    /// <summary>Whether it has tensors that are trained.</summary>
    public virtual bool IsTrained => false;

    /// <summary>Whether the result may share the first input's memory though it must not be overwritten.</summary>
    public virtual bool IsView => false;

    /// <summary>Whether the way back reads the inputs.</summary>
    public virtual bool KeepsInputs => false;

    /// <summary>Whether the way back reads the result.</summary>
    public virtual bool KeepsOutput => false;

    /// <summary>Computes.</summary>
    /// <param name="inputs">The caller's.</param>
    /// <param name="turn">What is known of this run.</param>
    /// <returns>A tensor of its own, never a handle that came in.</returns>
    public abstract Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardTurn turn);

    /// <summary>Adds to the gradients of the parameters and gives those of the inputs.</summary>
    /// <param name="gradient">That of the result, the caller's.</param>
    /// <param name="turn">What forward kept, and where gradients go.</param>
    public abstract void Backward(Tensor gradient, BackwardTurn turn);
}
