using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.Weights;

namespace PluginPrune.CriterionObs;

/// <summary>
/// A layer that reads a group, as elements of the group go one by one: what weights it has then, best for the inputs that are left, and
/// what its outputs are off by. With H the inverse of the inputs' covariance and W the weights, the elements whose inputs are K cost
/// tr(W[K]' inverse(H[K,K]) W[K]) more (Hassibi and Stork 1993, equation 5, for several weights at once).
/// </summary>
internal sealed class ReaderState
{
    // More than any error, and still finite when many are added up.
    private const double Unknown = 1e300;

    private readonly SymmetricSweep _inverse;
    private readonly double[] _weights;
    private readonly int _outputs;
    private readonly int[][] _inputs;
    private readonly bool[] _isOut;
    private readonly double _unit;

    private ReaderState(SymmetricSweep inverse, double[] weights, int outputs, int[][] inputs, double unit)
    {
        _inverse = inverse;
        _weights = weights;
        _outputs = outputs;
        _inputs = inputs;
        _unit = unit;
        _isOut = new bool[inverse.Size];
    }

    /// <summary>Nothing gone.</summary>
    /// <param name="group">The group.</param>
    /// <param name="reader">A layer that reads it.</param>
    /// <param name="scales">What its outputs are multiplied with behind it, one a channel.</param>
    /// <param name="moments">What it reads.</param>
    /// <param name="variance">What the error is relative to: the variance of what comes of its outputs, all channels together; null for that of the outputs.</param>
    /// <param name="damping">What is added to the variance of every input, in mean variances.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Null where the inputs do not vary.</returns>
    public static ReaderState? Of(
        ChannelGroup group, GroupReader reader, double[] scales, InputMoments moments, double? variance, double damping, CancellationToken cancellationToken)
    {
        int size = moments.Inputs;
        double[] weights = Scaled(WeightMatrix.Of(reader.Layer.Operation)!.Value, size, scales);
        double[] matrix = moments.Covariance;
        double mean = Enumerable.Range(0, size).Sum(i => matrix[((long)i * size) + i]) / size;
        if (!(mean > 0))
        {
            return null;
        }

        double unit = variance ?? VarianceOf(matrix, weights, size, scales.Length, cancellationToken);
        int taps = reader.Layer.Operation is Convolution convolution ? convolution.Kernel.Height * convolution.Kernel.Width : 1;
        int[][] inputs = new int[group.Size][];
        for (int element = 0; element < inputs.Length; element++)
        {
            inputs[element] =
            [
                .. from i in Enumerable.Range(0, reader.Channels.Length)
                   where reader.Elements[i] == element
                   from tap in Enumerable.Range(reader.Channels[i] * taps, taps)
                   select tap,
            ];
        }

        return new ReaderState(Inverse(matrix, size, damping * mean, cancellationToken), weights, scales.Length, inputs, unit > 0 ? unit : 1);
    }

    /// <summary>What it costs to do without an element, relative.</summary>
    public double ErrorOf(int element)
    {
        int[] inputs = _inputs[element];
        if (inputs.Length == 0)
        {
            return 0;
        }

        // Where rounding has taken what it would cost, it is not known to cost nothing.
        if (_inverse.InverseOf(inputs) is not { } cost)
        {
            return Unknown;
        }

        double error = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            ReadOnlySpan<double> left = Weights(inputs[i]);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> right = Weights(inputs[j]);
                double product = 0;
                for (int output = 0; output < left.Length; output++)
                {
                    product += left[output] * right[output];
                }

                error += (i == j ? 1 : 2) * cost[(i * inputs.Length) + j] * product;
            }
        }

        return Math.Max(0, error / _unit);
    }

    /// <summary>Does without an element: the other weights make up for it as well as they can.</summary>
    public void Remove(int element)
    {
        int[] inputs = _inputs[element];
        if (inputs.Length == 0 || _inverse.InverseOf(inputs) is not { } cost)
        {
            return;
        }

        double[] lost = new double[inputs.Length * _outputs];
        for (int i = 0; i < inputs.Length; i++)
        {
            Weights(inputs[i]).CopyTo(lost.AsSpan(i * _outputs));
        }

        double[] swept = _inverse.Sweep(inputs, cost, _isOut);
        foreach (int input in inputs)
        {
            _isOut[input] = true;
        }

        for (int input = 0; input < _isOut.Length; input++)
        {
            for (int i = 0; !_isOut[input] && i < inputs.Length; i++)
            {
                SymmetricSweep.AddScaled(lost.AsSpan(i * _outputs, _outputs), -swept[(i * _inverse.Size) + input], _weights.AsSpan(input * _outputs, _outputs));
            }
        }
    }

    /// <summary>Of the damped matrix; what single precision lost of it may need more damping than asked for.</summary>
    private static SymmetricSweep Inverse(double[] matrix, int size, double damping, CancellationToken cancellationToken)
    {
        for (; double.IsFinite(damping); damping *= 10)
        {
            double[] damped = (double[])matrix.Clone();
            for (int i = 0; i < size; i++)
            {
                damped[((long)i * size) + i] += damping;
            }

            if (SymmetricSweep.TryInvert(damped, size, cancellationToken) is { } inverse)
            {
                return inverse;
            }
        }

        throw new ArgumentException("A covariance is not finite.", nameof(matrix));
    }

    private ReadOnlySpan<double> Weights(int input) => _weights.AsSpan(input * _outputs, _outputs);

    /// <summary>[inputs, outputs]: a convolution of several groups has zeros for what an output does not read.</summary>
    private static double[] Scaled(WeightMatrix matrix, int inputs, double[] scales)
    {
        ReadOnlySpan<float> weights = matrix.Weight.Floats;
        double[] scaled = new double[(long)inputs * matrix.Rows];
        for (int row = 0; row < matrix.Rows; row++)
        {
            int first = row / (matrix.Rows / matrix.Groups) * matrix.Columns;
            for (int column = 0; column < matrix.Columns; column++)
            {
                scaled[((long)(first + column) * matrix.Rows) + row] = weights[(row * matrix.Columns) + column] * scales[row];
            }
        }

        return scaled;
    }

    /// <summary>The variances of the outputs, added up.</summary>
    private static double VarianceOf(double[] covariance, double[] weights, int size, int outputs, CancellationToken cancellationToken)
    {
        double[] parts = new double[size];
        Parallel.For(0, size, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            double[] sum = new double[outputs];
            for (int j = 0; j < size; j++)
            {
                SymmetricSweep.AddScaled(weights.AsSpan(j * outputs, outputs), covariance[((long)i * size) + j], sum);
            }

            for (int output = 0; output < outputs; output++)
            {
                parts[i] += sum[output] * weights[(i * outputs) + output];
            }
        });
        return parts.Sum();
    }
}
