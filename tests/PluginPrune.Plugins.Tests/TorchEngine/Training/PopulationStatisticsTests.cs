using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Images;
using PluginPrune.Core.Training;
using PluginPrune.Plugins.Tests.ManagedEngine;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>Statistics of batch norms that are taken anew are those of the pictures, whatever the running ones were.</summary>
public sealed class PopulationStatisticsTests
{
    private const int Epoch = 3;
    private static readonly PictureSize Size = new(16, 12);

    private readonly Random _random = new(9);
    private readonly TrainingLoader _pictures = new([.. Enumerable.Range(0, 10).Select(Item)], new TrainingLoaderOptions
    {
        Preprocessing = Preprocessing.Darknet,
        InputSize = Size,
        BatchSize = 4,
        Threads = 1,
    });

    [TorchFact]
    public void Mean_and_variance_are_those_of_all_values_that_were_looked_at()
    {
        Network network = Sketch();

        // 7 are asked for; batches are whole.
        Network fitted = Sut(7).Fit(network, ["2"], Epoch, CancellationToken.None);

        TrainingBatch[] seen = [.. _pictures.Read(new TrainingEpoch(Epoch), CancellationToken.None).Take(2)];
        for (int channel = 0; channel < 3; channel++)
        {
            double[] values = [.. seen.SelectMany(batch => Enumerable.Range(0, batch.Input.Size).SelectMany(i => ChannelOf(batch.Input, i, channel)))];
            double mean = values.Average();
            NormOf(fitted, "0").Mean.Floats[channel].Should().BeApproximately((float)mean, 1e-5f);

            // Within a batch the variance is that of a sample.
            double variance = values.Average(value => (value - mean) * (value - mean));
            NormOf(fitted, "0").Variance.Floats[channel].Should().BeInRange((float)(0.9999 * variance), (float)(1.003 * variance));
        }

        NormOf(fitted, "0").Gamma.Floats.ToArray().Should().Equal(NormOf(network, "0").Gamma.Floats.ToArray());
    }

    [TorchFact]
    public void What_it_comes_to_does_not_depend_on_the_running_statistics_and_comes_again()
    {
        Network network = Sketch();
        Network stale = network.With(
            network.Nodes.Select(static node => node.Operation is BatchNorm norm ? node with { Operation = norm with { Mean = norm.Variance, Variance = norm.Variance.WithFloats(new float[norm.Variance.Count]) } } : node), network.Heads);

        Network first = Sut(100).Fit(network, ["2"], Epoch, CancellationToken.None);
        Network second = Sut(10).Fit(stale, ["2"], Epoch, CancellationToken.None);

        foreach (string id in (string[])["0", "2"])
        {
            NormOf(second, id).Mean.Floats.ToArray().Should().Equal(NormOf(first, id).Mean.Floats.ToArray());
            NormOf(second, id).Variance.Floats.ToArray().Should().Equal(NormOf(first, id).Variance.Floats.ToArray());
        }
    }

    [TorchFact]
    public void Frozen_layers_keep_theirs()
    {
        Network network = Sketch();

        Network fitted = Sut(10, "0").Fit(network, ["2"], Epoch, CancellationToken.None);

        fitted["0"].Should().BeSameAs(network["0"]);
        NormOf(fitted, "2").Mean.Floats.ToArray().Should().NotEqual(NormOf(network, "2").Mean.Floats.ToArray());
    }

    private static DatasetItem Item(int index)
    {
        // Each darker than the one before: means of batches are apart.
        byte[] pixels = new byte[3 * Size.Width * Size.Height];
        var random = new Random(index);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)random.Next(250 - (20 * index), 256 - (10 * index));
        }

        byte[] file = [.. "P6 16 12 255\n"u8, .. pixels];
        return new DatasetItem($"{index}.ppm", () => new MemoryStream(file), []);
    }

    private static double[] ChannelOf(Batch<float> batch, int picture, int channel)
    {
        int area = Size.Width * Size.Height;
        return Array.ConvertAll(batch[picture].Slice(channel * area, area).ToArray(), static value => (double)value);
    }

    private static BatchNorm NormOf(Network network, string id) => (BatchNorm)network[id].Operation;

    private Network Sketch()
    {
        var sketch = new NetworkSketch(_random);
        return sketch.Input("x", 3, Size.Height, Size.Width).Node("0", sketch.Norm(3), "x").Node("1", sketch.Convolution(5, 3, 3), "0").Node("2", sketch.Norm(5), "1").Build();
    }

    private PopulationStatistics Sut(int pictures, params string[] frozen) => new((ITrainingEngine)Torch.Engine(), _pictures, pictures, [.. frozen]);
}
