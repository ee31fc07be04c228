using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Reconstruction;

namespace PluginPrune.Core.Measuring;

/// <summary>How the inputs of a layer vary together, as it adds up, see <see cref="InputMoments"/>.</summary>
internal sealed class InputSum
{
    // The most products for a layer, but for so many samples of each input.
    private const double Work = 2e10;
    private const int SamplesOfInput = 4;

    private readonly Node _layer;
    private readonly PatchReader _patches;
    private readonly PlaceSample _places;
    private readonly NormalEquations _sums;

    /// <param name="network">The network.</param>
    /// <param name="layer">A convolution or a linear layer of it.</param>
    /// <param name="pictures">About how many pictures there are.</param>
    /// <param name="seed">Draws the places that are looked at.</param>
    /// <param name="options">On how many threads.</param>
    public InputSum(Network network, Node layer, int pictures, ulong seed, ParallelOptions options)
    {
        _layer = layer;
        Shape output = network.ShapeOf(layer.Id);
        _patches = new PatchReader(layer.Operation, network.ShapeOf(layer.Inputs[0]), output);
        int inputs = _patches.Taps * _patches.Groups;
        double samples = Math.Max((double)SamplesOfInput * inputs, Work / ((double)inputs * inputs));
        int places = layer.Operation is Convolution ? output.ElementsPerChannel : 1;
        _places = new PlaceSample(places, (int)Math.Clamp(Math.Ceiling(samples / Math.Max(1, pictures)), 1, places), seed);
        _sums = new NormalEquations(inputs, 0, options);
    }

    /// <summary>What the layer reads.</summary>
    public string Input => _layer.Inputs[0];

    /// <summary>Adds some pictures.</summary>
    /// <param name="read">What the layer reads of them.</param>
    /// <param name="first">The first picture's number.</param>
    public void Add(Batch<float> read, int first)
    {
        for (int picture = 0; picture < read.Size; picture++)
        {
            ReadOnlySpan<float> values = read[picture];
            foreach (int place in _places.Of(first + picture))
            {
                Span<float> inputs = _sums.Inputs;
                for (int group = 0; group < _patches.Groups; group++)
                {
                    _patches.Read(values, group, place, inputs[(group * _patches.Taps * NormalEquations.Stride)..], NormalEquations.Stride);
                }

                _sums.Take();
            }
        }
    }

    /// <exception cref="RecalibrationException">A number is not finite.</exception>
    public InputMoments Result()
    {
        (double[] means, double[] covariance) = _sums.Moments();
        return Array.TrueForAll(covariance, double.IsFinite)
            ? new InputMoments(means.Length, means, covariance)
            : throw new RecalibrationException($"What {_layer} reads of the pictures is not finite: the weights before it are broken, or overflow; 'host inspect' shows the layer.");
    }
}
