using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;

namespace PluginPrune.Folding;

/// <summary>How far raw outputs are from a reference over many pictures: relative L2, the outer quarter ring apart.</summary>
internal sealed class OutputError
{
    private double _inner;
    private double _innerReference;
    private double _ring;
    private double _ringReference;
    private double _varying;

    public double Inner => Math.Sqrt(_inner / _innerReference);

    public double Ring => Math.Sqrt(_ring / _ringReference);

    /// <summary>Against what varies over the places in the reference; 1 for a network that ignores the picture.</summary>
    public double OfWhatVaries => Math.Sqrt((_inner + _ring) / _varying);

    public void Add(ImmutableArray<Batch<float>> reference, ImmutableArray<Batch<float>> other)
    {
        for (int head = 0; head < reference.Length; head++)
        {
            Shape shape = reference[head].Shape;
            int places = shape.ElementsPerChannel;
            float[] wanted = reference[head].Elements;
            for (int i = 0; i < wanted.Length; i++)
            {
                double difference = other[head].Elements[i] - (double)wanted[i];
                int x = i % shape.Width;
                int y = i / shape.Width % shape.Height;
                bool isInner = Math.Min(x, shape.Width - 1 - x) >= shape.Width / 4 && Math.Min(y, shape.Height - 1 - y) >= shape.Height / 4;
                (isInner ? ref _inner : ref _ring) += difference * difference;
                (isInner ? ref _innerReference : ref _ringReference) += (double)wanted[i] * wanted[i];
            }

            for (int first = 0; first < wanted.Length; first += places)
            {
                ReadOnlySpan<float> channel = wanted.AsSpan(first, places);
                double mean = 0;
                double square = 0;
                foreach (float value in channel)
                {
                    mean += value;
                    square += (double)value * value;
                }

                _varying += square - (mean * mean / places);
            }
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Inner:0.0e+0} / {Ring:0.0e+0}");
}
