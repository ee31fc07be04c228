using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>Gives the tensors of a model that is made from a description.</summary>
internal interface IWeightSource
{
    /// <summary>A tensor by its name in the state, for instance 'model.0.conv.weight'.</summary>
    /// <param name="name">The name.</param>
    /// <param name="shape">What the description says; a pruned one is narrower.</param>
    /// <param name="otherwise">What it holds where nobody has trained it.</param>
    /// <exception cref="Shared.TorchFiles.TorchFileException">It is missing.</exception>
    Tensor Take(string name, Shape shape, float otherwise = 0);

    /// <summary>One that may be missing.</summary>
    Tensor? Find(string name);
}
