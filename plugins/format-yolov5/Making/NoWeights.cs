using PluginPrune.Contracts.Networks;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>A model that nobody has trained: as wide as its description says. What it holds does not matter, so tensors of one shape are one.</summary>
internal sealed class NoWeights : IWeightSource
{
    private readonly Dictionary<(Shape Shape, float Value), Tensor> _known = [];

    public Tensor Take(string name, Shape shape, float otherwise = 0)
    {
        if (!_known.TryGetValue((shape, otherwise), out Tensor? tensor))
        {
            float[] numbers = new float[shape.Count];
            Array.Fill(numbers, otherwise);
            _known.Add((shape, otherwise), tensor = Tensor.FromFloats(shape, numbers));
        }

        return tensor;
    }

    public Tensor? Find(string name) => null;
}
