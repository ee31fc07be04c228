using System.Runtime.InteropServices;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;

namespace PluginPrune.Core.Reconstruction;

/// <summary>
/// One layer of a pruned network whose weights are to make of what is left of its inputs what the whole network's layer makes of
/// all of them (He et al. 2017, equation 2, with channels chosen by others), and, where its outputs are added to a shortcut, what
/// the shortcut has lost.
/// </summary>
internal sealed class LayerProblem
{
    // The most samples' work: products of inputs with inputs and outputs.
    private const double Work = 2e10;

    // At least as many samples for each input.
    private const int SamplesOfInput = 4;

    // The most numbers of what is wanted that are kept at once.
    private const long MostWanted = 1L << 26;

    // Where outputs are multiplied with less than so much of the layer's largest factor, the shortcut is left as it is.
    private const double Faint = 0.01;

    private readonly Node _layer;
    private readonly PatchReader _patches;
    private readonly PlaceSample _places;
    private readonly int[] _kept;
    private readonly bool[] _isConstant;
    private readonly bool _hasIntercept;
    private readonly ParallelOptions _options;
    private readonly Junction? _junction;
    private readonly List<float> _wanted = [];
    private readonly int _outputPlaces;

    /// <param name="network">The pruned network.</param>
    /// <param name="layer">The layer there.</param>
    /// <param name="plan">By which it was pruned.</param>
    /// <param name="steps">Where the pruned and the whole network are cut: what is at hand.</param>
    /// <param name="pictures">About how many pictures there are.</param>
    /// <param name="seed">Draws the places that are looked at.</param>
    /// <param name="options">On how many threads.</param>
    public LayerProblem(Network network, Node layer, PruningPlan plan, (RecalibrationStep Small, RecalibrationStep Whole) steps, int pictures, ulong seed, ParallelOptions options)
    {
        _layer = layer;
        _options = options;
        Shape output = network.ShapeOf(layer.Id);
        _patches = new PatchReader(layer.Operation, network.ShapeOf(layer.Inputs[0]), output);
        _outputPlaces = output.ElementsPerChannel;
        bool[] keep = plan.KeepOf(layer.Id);
        _kept = [.. Enumerable.Range(0, keep.Length).Where(channel => keep[channel])];
        bool[] constant = plan.ConstantsOf(layer.Id);
        _isConstant = [.. _kept.Select(channel => constant[channel])];
        _hasIntercept = Bias(layer.Operation) is not null || BatchNormPairs.NormOf(network, layer) is not null;

        double samples = Math.Max(SamplesOfInput * _patches.Taps, Work / (_patches.Taps * (_patches.Taps + (2.0 * output.Channels / _patches.Groups))) / _patches.Groups);
        double most = Math.Min(samples, MostWanted / output.Channels);
        _places = new PlaceSample(_outputPlaces, (int)Math.Clamp(Math.Ceiling(most / Math.Max(1, pictures)), 1, _outputPlaces), seed);
        _wanted.EnsureCapacity((int)Math.Min(MostWanted, (long)_places.Count * pictures * _kept.Length));
        if (Junction.Of(plan.Network, plan.Network[layer.Id]) is { } whole
            && Junction.Of(network, layer) is { } small
            && steps.Small.Frontier.Contains(small.Shortcut, StringComparer.Ordinal)
            && steps.Whole.Frontier.Contains(whole.Shortcut, StringComparer.Ordinal))
        {
            _junction = whole;
            Shortcut = small.Shortcut;
        }
    }

    /// <summary>The layer's id, in both networks.</summary>
    public string Id => _layer.Id;

    /// <summary>What the layer reads in the pruned network.</summary>
    public string Input => _layer.Inputs[0];

    /// <summary>What its outputs are added to in the pruned network; null for nothing that counts.</summary>
    public string? Shortcut { get; }

    /// <summary>The same in the whole network.</summary>
    public string? WholeShortcut => _junction?.Shortcut;

    /// <summary>Takes what the whole network makes of some pictures.</summary>
    /// <param name="outputs">What the layer makes.</param>
    /// <param name="shortcut">What that is added to; null where there is none.</param>
    /// <param name="first">The first picture's number.</param>
    public void Want(Batch<float> outputs, Batch<float>? shortcut, int first)
    {
        for (int picture = 0; picture < outputs.Size; picture++)
        {
            ReadOnlySpan<float> made = outputs[picture];
            ReadOnlySpan<float> beside = shortcut is null ? default : shortcut[picture];
            foreach (int place in _places.Of(first + picture))
            {
                foreach (int channel in _kept)
                {
                    int index = (channel * _outputPlaces) + place;
                    _wanted.Add(made[index] + (shortcut is null ? 0 : Drift(beside[index], channel)));
                }
            }
        }
    }

    /// <summary>Begins to take what the pruned network makes of the same pictures.</summary>
    public NormalEquations[] Begin() =>
        [.. Enumerable.Range(0, _patches.Groups).Select(_ => new NormalEquations(_patches.Taps, _kept.Length / _patches.Groups, _options))];

    /// <summary>Takes what the pruned network makes of some pictures.</summary>
    /// <param name="equations">Receives it.</param>
    /// <param name="inputs">What the layer reads.</param>
    /// <param name="shortcut">What its outputs are added to; null where there is none.</param>
    /// <param name="first">The first picture's number.</param>
    public void See(NormalEquations[] equations, Batch<float> inputs, Batch<float>? shortcut, int first)
    {
        int outputs = _kept.Length / _patches.Groups;
        ReadOnlySpan<float> wanted = CollectionsMarshal.AsSpan(_wanted)[(int)((long)first * _places.Count * _kept.Length)..];
        for (int picture = 0; picture < inputs.Size; picture++)
        {
            ReadOnlySpan<float> read = inputs[picture];
            ReadOnlySpan<float> beside = shortcut is null ? default : shortcut[picture];
            foreach (int place in _places.Of(first + picture))
            {
                for (int group = 0; group < equations.Length; group++)
                {
                    NormalEquations equation = equations[group];
                    _patches.Read(read, group, place, equation.Inputs, NormalEquations.Stride);
                    Span<float> into = equation.Outputs;
                    for (int output = 0; output < outputs; output++)
                    {
                        int channel = (group * outputs) + output;
                        into[output * NormalEquations.Stride] =
                            wanted[channel] - (shortcut is null ? 0 : Drift(beside[(channel * _outputPlaces) + place], _kept[channel]));
                    }

                    equation.Take();
                }

                wanted = wanted[_kept.Length..];
            }
        }
    }

    /// <summary>The layer with its new weights.</summary>
    /// <param name="equations">What was seen.</param>
    /// <param name="damping">What it costs to leave the old weights.</param>
    /// <returns>Null where none can be found, because nothing varies that the layer reads or its type cannot hold them.</returns>
    /// <exception cref="RecalibrationException">What the layer reads or makes is not finite.</exception>
    public Operation? Solve(NormalEquations[] equations, double damping)
    {
        Tensor tensor = _layer.Operation is Convolution convolution ? convolution.Weight : ((Linear)_layer.Operation).Weight;
        float[] weights = tensor.Floats.ToArray();
        float[]? biases = Bias(_layer.Operation)?.Floats.ToArray();
        int outputs = _kept.Length / _patches.Groups;
        bool isChanged = false;
        for (int group = 0; group < equations.Length; group++)
        {
            if (!equations[group].IsFinite)
            {
                throw new RecalibrationException(
                    $"What {_layer} reads or makes of the pictures is not finite: its weights cannot be found from it. The weights before it are broken, or overflow; 'host inspect' shows the layer.");
            }

            Span<float> old = weights.AsSpan(group * outputs * _patches.Taps, outputs * _patches.Taps);
            if (equations[group].Solve(old, _hasIntercept, damping) is not { } solution)
            {
                continue;
            }

            isChanged = true;
            for (int output = 0; output < outputs; output++)
            {
                int channel = (group * outputs) + output;
                if (_isConstant[channel])
                {
                    continue;
                }

                for (int tap = 0; tap < _patches.Taps; tap++)
                {
                    old[(output * _patches.Taps) + tap] = (float)solution.Weights[(output * _patches.Taps) + tap];
                }

                if (biases is not null)
                {
                    biases[channel] = (float)solution.Intercepts[output];
                }
            }
        }

        Tensor weight = tensor.WithFloats(weights);
        Tensor? bias = biases is null ? null : Bias(_layer.Operation)!.WithFloats(biases);

        // Half precision may not hold them.
        return (isChanged && IsFinite(weight) && (bias is null || IsFinite(bias)), _layer.Operation) switch
        {
            (true, Convolution old) => old with { Weight = weight, Bias = bias },
            (true, Linear) => new Linear(weight, bias),
            _ => null,
        };
    }

    private static Tensor? Bias(Operation layer) => layer switch
    {
        Convolution convolution => convolution.Bias,
        Linear linear => linear.Bias,
        _ => null,
    };

    private static bool IsFinite(Tensor tensor) => !tensor.Floats.ContainsAnyExceptInRange(float.MinValue, float.MaxValue);

    /// <summary>What a value on the other side of the addition is worth in the layer's outputs; 0 where it would take too large weights.</summary>
    private float Drift(float value, int channel) => _junction!.Scale is { } scales
        ? Math.Abs(scales[channel]) > Faint * _junction.Largest ? (float)(value / scales[channel]) : 0
        : value;
}
