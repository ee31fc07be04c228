namespace PluginPrune.Core.Reconstruction;

/// <summary>
/// Linear least squares by its normal equations: what inputs have in common with each other and with the outputs wanted, summed
/// up sample by sample. Of inputs and outputs only how they vary about their means counts, where there is an intercept.
/// </summary>
internal sealed class NormalEquations
{
    // So many samples of four rows with four others fit into the nearest cache.
    private const int Chunk = 512;

    private readonly int _inputs;
    private readonly int _outputs;
    private readonly int _inputRows;
    private readonly int _rows;
    private readonly ParallelOptions _options;
    private readonly float[] _samples;
    private readonly double[] _products;
    private readonly double[] _sums;
    private readonly float[] _origins;
    private int _waiting;

    /// <param name="inputs">How many inputs a sample has.</param>
    /// <param name="outputs">How many outputs.</param>
    /// <param name="options">On how many threads.</param>
    public NormalEquations(int inputs, int outputs, ParallelOptions options)
    {
        _inputs = inputs;
        _outputs = outputs;
        _options = options;
        _inputRows = RoundUp(inputs);
        _rows = _inputRows + RoundUp(outputs);
        _samples = new float[_rows * Chunk];
        _products = new double[(long)_inputRows * _rows];
        _sums = new double[_rows];
        _origins = new float[_rows];
    }

    /// <summary>How many samples there are.</summary>
    public long Samples { get; private set; }

    /// <summary>Whether all inputs and outputs so far are finite.</summary>
    public bool IsFinite
    {
        get
        {
            Add();
            return Array.TrueForAll(_sums, double.IsFinite);
        }
    }

    /// <summary>From one input of a sample to the next in <see cref="Inputs"/>, and so for outputs.</summary>
    public static int Stride => Chunk;

    /// <summary>Receives the inputs of the next sample, each <see cref="Stride"/> behind the one before.</summary>
    public Span<float> Inputs => _samples.AsSpan(_waiting, (_inputRows * Chunk) - _waiting);

    /// <summary>Receives its outputs, likewise.</summary>
    public Span<float> Outputs => _samples.AsSpan((_inputRows * Chunk) + _waiting);

    /// <summary>Takes the sample that was written.</summary>
    public void Take()
    {
        Samples++;
        if (++_waiting == Chunk)
        {
            Add();
        }
    }

    /// <summary>
    /// The weights with which the sum of squares is least, where weights other than the given ones cost as much as
    /// <paramref name="damping"/> of the mean variance of an input does (Hoerl and Kennard 1970, about the given weights).
    /// </summary>
    /// <param name="weights">[outputs, inputs]: where to stay near.</param>
    /// <param name="hasIntercept">Whether a constant may be added to each output.</param>
    /// <param name="damping">Above 0.</param>
    /// <returns>Weights [outputs, inputs] and intercepts; null where the inputs do not vary or something is not finite.</returns>
    public (double[] Weights, double[] Intercepts)? Solve(ReadOnlySpan<float> weights, bool hasIntercept, double damping)
    {
        Add();
        double[] matrix = new double[(long)_inputs * _inputs];
        double trace = 0;
        for (int row = 0; row < _inputs; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                matrix[((long)row * _inputs) + column] = Common(column, row, hasIntercept);
            }

            trace += matrix[((long)row * _inputs) + row];
        }

        double penalty = damping * trace / _inputs;
        if (!(penalty > 0) || double.IsInfinity(penalty))
        {
            return null;
        }

        // Nearness to the given weights: (C + p I) W = R + p W0.
        double[] solved = new double[(long)_outputs * _inputs];
        for (int output = 0; output < _outputs; output++)
        {
            for (int input = 0; input < _inputs; input++)
            {
                int place = (output * _inputs) + input;
                solved[place] = Common(input, _inputRows + output, hasIntercept) + (penalty * weights[place]);
            }
        }

        for (int i = 0; i < _inputs; i++)
        {
            matrix[((long)i * _inputs) + i] += penalty;
        }

        if (CholeskyFactor.TryFactor(matrix, _inputs, _options) is not { } factor)
        {
            return null;
        }

        factor.Solve(solved, _outputs);
        double[] intercepts = new double[_outputs];
        for (int output = 0; hasIntercept && output < _outputs; output++)
        {
            intercepts[output] = Mean(_inputRows + output);
            for (int input = 0; input < _inputs; input++)
            {
                intercepts[output] -= solved[(output * _inputs) + input] * Mean(input);
            }
        }

        return Array.TrueForAll(solved, double.IsFinite) && Array.TrueForAll(intercepts, double.IsFinite) ? (solved, intercepts) : null;
    }

    /// <summary>Means of the inputs, and how they vary together about them: [inputs, inputs], row-major.</summary>
    public (double[] Means, double[] Covariance) Moments()
    {
        Add();
        double[] covariance = new double[(long)_inputs * _inputs];
        for (int row = 0; row < _inputs; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double value = Common(column, row, hasIntercept: true);
                covariance[((long)row * _inputs) + column] = value;
                covariance[((long)column * _inputs) + row] = value;
            }
        }

        return ([.. Enumerable.Range(0, _inputs).Select(Mean)], covariance);
    }

    private double Mean(int row) => _origins[row] + (_sums[row] / Samples);

    /// <summary>The mean product of an input with an input behind it or an output: about their means, or about 0 without an intercept.</summary>
    private double Common(int input, int other, bool hasIntercept)
    {
        double aboutOrigins = _products[((long)input * _rows) + other] / Samples;
        double aboutMeans = aboutOrigins - (_sums[input] / Samples * (_sums[other] / Samples));
        return hasIntercept ? aboutMeans : aboutMeans + (Mean(input) * Mean(other));
    }

    private static int RoundUp(int count) => (count + DotTile.Side - 1) / DotTile.Side * DotTile.Side;

    private static void Subtract(float origin, Span<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] -= origin;
        }
    }

    private static double Sum(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
        {
            sum += sample;
        }

        return sum;
    }

    /// <summary>Adds what waits to the sums.</summary>
    private void Add()
    {
        if (_waiting == 0)
        {
            return;
        }

        for (int row = 0; row < _rows; row++)
        {
            Span<float> samples = _samples.AsSpan(row * Chunk, Chunk);
            if (Samples == _waiting)
            {
                // Products of single precision tell little of what varies by little about a large mean, hence about the first one.
                _origins[row] = (float)(Sum(samples[.._waiting]) / _waiting);
            }

            Subtract(_origins[row], samples[.._waiting]);
            samples[_waiting..].Clear();
            _sums[row] += Sum(samples);
        }

        Parallel.For(0, _inputRows / DotTile.Side, _options, tile =>
        {
            int row = tile * DotTile.Side;
            ReadOnlySpan<float> left = _samples.AsSpan(row * Chunk);
            Span<double> products = stackalloc double[DotTile.Side * DotTile.Side];
            for (int column = row; column < _rows; column += DotTile.Side)
            {
                DotTile.Square(left, _samples.AsSpan(column * Chunk), Chunk, products);
                for (int i = 0; i < products.Length; i++)
                {
                    _products[((long)(row + (i / DotTile.Side)) * _rows) + column + (i % DotTile.Side)] += products[i];
                }
            }
        });
        _waiting = 0;
    }
}
