using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Groups;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.Plugins.Tests.CriterionObs;

/// <summary>
/// What the criterion computes, slowly: for every channel that could go next, the readers' weights are found anew by solving least squares
/// from scratch, and their error is looked at.
/// </summary>
internal static class ObviousObs
{
    private const double Damping = 0.01;

    /// <summary>The order in which the elements of a group go, and what each adds to the error of all readers, relative.</summary>
    public static (int[] Order, double[] Added) Of(Network network, ChannelGroup group, Func<string, InputMoments> momentsOf, Func<string, double> varianceOf)
    {
        (double[,] Covariance, double[,] Weights, int[][] Inputs, double Unit)[] readers = [.. group.Readers.Select(reader => Reader(network, group, reader, momentsOf(reader.Layer.Id), varianceOf))];
        var left = Enumerable.Range(0, group.Size).Where(element => group.LockOf(element) is null).ToList();
        var gone = new List<int>();
        var order = new List<int>();
        var added = new List<double>();
        double before = 0;
        while (left.Count > 0)
        {
            (int Element, double Error)[] errors = [.. left.Select(element => (element, readers.Sum(reader => ErrorWithout(reader.Covariance, reader.Weights, [.. gone.Append(element).SelectMany(out_ => reader.Inputs[out_])]) / reader.Unit)))];
            (int next, double error) = errors.MinBy(static pair => pair.Error);
            left.Remove(next);
            gone.Add(next);
            order.Add(next);
            added.Add(error - before);
            before = error;
        }

        return ([.. order], [.. added]);
    }

    private static (double[,] Covariance, double[,] Weights, int[][] Inputs, double Unit) Reader(
        Network network, ChannelGroup group, GroupReader reader, InputMoments moments, Func<string, double> varianceOf)
    {
        (Tensor weight, int groups, int taps) = reader.Layer.Operation switch
        {
            Convolution convolution => (convolution.Weight, convolution.Groups, convolution.Kernel.Height * convolution.Kernel.Width),
            Linear linear => (linear.Weight, 1, 1),
            _ => throw new NotSupportedException(),
        };
        int size = moments.Inputs;
        int outputs = weight.Shape[0];
        int columns = weight.Count / outputs;
        Node? norm = network.ConsumersOf(reader.Layer.Id) is [{ Operation: BatchNorm } behind] ? behind : null;
        double[,] weights = new double[size, outputs];
        for (int output = 0; output < outputs; output++)
        {
            double scale = norm?.Operation is BatchNorm made ? made.Gamma.Floats[output] / Math.Sqrt(made.Variance.Floats[output] + made.Epsilon) : 1;
            for (int column = 0; column < columns; column++)
            {
                weights[(output / (outputs / groups) * columns) + column, output] = scale * weight.Floats[(output * columns) + column];
            }
        }

        double mean = Enumerable.Range(0, size).Average(i => moments.Covariance[(i * size) + i]);
        double[,] covariance = new double[size, size];
        double unit = 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                covariance[i, j] = moments.Covariance[(i * size) + j] + (i == j ? Damping * mean : 0);
                for (int output = 0; output < outputs; output++)
                {
                    unit += weights[i, output] * moments.Covariance[(i * size) + j] * weights[j, output];
                }
            }
        }

        if (network.ConsumersOf((norm ?? reader.Layer).Id) is [{ Operation: Add } sum])
        {
            unit = varianceOf(sum.Id);
        }

        int[][] inputs = [.. Enumerable.Range(0, group.Size).Select(element => Enumerable.Range(0, reader.Channels.Length)
            .Where(i => reader.Elements[i] == element).SelectMany(i => Enumerable.Range(reader.Channels[i] * taps, taps)).ToArray())];
        return (covariance, weights, inputs, unit);
    }

    /// <summary>The least (X - W)' C (X - W) of all X that are 0 for some inputs.</summary>
    private static double ErrorWithout(double[,] covariance, double[,] weights, int[] without)
    {
        int size = weights.GetLength(0);
        int outputs = weights.GetLength(1);
        int[] left = [.. Enumerable.Range(0, size).Except(without)];
        double[,] system = new double[left.Length, left.Length + outputs];
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < left.Length; j++)
            {
                system[i, j] = covariance[left[i], left[j]];
            }

            for (int output = 0; output < outputs; output++)
            {
                system[i, left.Length + output] = Enumerable.Range(0, size).Sum(k => covariance[left[i], k] * weights[k, output]);
            }
        }

        Eliminate(system);
        double[,] difference = (double[,])weights.Clone();
        for (int i = 0; i < left.Length; i++)
        {
            for (int output = 0; output < outputs; output++)
            {
                difference[left[i], output] -= system[i, left.Length + output];
            }
        }

        double error = 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    error += difference[i, output] * covariance[i, j] * difference[j, output];
                }
            }
        }

        return error;
    }

    private static void Eliminate(double[,] system)
    {
        int rows = system.GetLength(0);
        int columns = system.GetLength(1);
        for (int pivot = 0; pivot < rows; pivot++)
        {
            for (int row = 0; row < rows; row++)
            {
                double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; factor != 0 && column < columns; column++)
                {
                    system[row, column] -= factor * system[pivot, column];
                }
            }
        }

        for (int row = 0; row < rows; row++)
        {
            double pivot = system[row, row];
            for (int column = 0; column < columns; column++)
            {
                system[row, column] /= pivot;
            }
        }
    }
}
