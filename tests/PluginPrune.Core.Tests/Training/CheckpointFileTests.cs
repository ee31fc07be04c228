using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoint").FullName;

    private static Checkpoint Sample { get; } = new(
        new TrainingState(42, ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [
            KeyValuePair.Create("a.weight", Tensor.FromFloats(new Shape(2, 3), [1, -0f, float.Epsilon, float.MaxValue, float.NaN, 0.1f])),
            KeyValuePair.Create("b/steps", Tensor.FromIntegers(new Shape(1), [long.MinValue])),
        ])),
        1,
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("epochs", "12")]))
    {
        BestEpoch = 0,
        Results =
        [
            new EpochResult(0, [new NamedValue("loss", 1.5), new NamedValue("mAP@0.5", double.NaN)])
            {
                Sparsity = new SparsityState(new SmallScales([new LayerScales("12", 100, 7, 3)]), new PruningReadiness(0.25, 0.8, 0.5, "12")),
            },
        ],
        Forecast = new CollapseForecast
        {
            Scale = 1,
            Strength = 0.01,
            Ratio = 0.8,
            Epochs = 12,
            Collapse = 3.5,
            Small = 0.9,
            Travel = 2,
            PlannedEpoch = 8.4,
            Recommended = null,
            KnowsLoss = true,
        },
    };

    [Fact]
    public void What_is_written_is_read_bit_by_bit()
    {
        Checkpoint read = CheckpointFile.Read(Write());

        read.Epoch.Should().Be(1);
        read.BestEpoch.Should().Be(0);
        read.State.Steps.Should().Be(42);
        read.Settings.Should().Equal(Sample.Settings);
        read.Results.Single().Values.Should().Equal(Sample.Results.Single().Values);
        read.Results.Single().Sparsity!.Scales.Layers.Should().Equal(new LayerScales("12", 100, 7, 3));
        read.Results.Single().Sparsity!.Readiness.Should().Be(Sample.Results.Single().Sparsity!.Readiness);
        read.Forecast.Should().Be(Sample.Forecast);
        read.State.Tensors.Keys.Should().Equal(Sample.State.Tensors.Keys);
        foreach ((string name, Tensor tensor) in Sample.State.Tensors)
        {
            read.State.Tensors[name].Shape.Should().Be(tensor.Shape);
            read.State.Tensors[name].Bytes.ToArray().Should().Equal(tensor.Bytes.ToArray());
        }
    }

    [Fact]
    public void A_file_that_was_cut_off_anywhere_or_changed_anywhere_is_refused()
    {
        string path = Write();
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length += length < 40 ? 1 : 17)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<InputException>(() => CheckpointFile.Read(path)).Message.Should().Contain(path);
        }

        for (int at = 0; at < whole.Length; at += 3)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x55;
            File.WriteAllBytes(path, changed);
            Assert.Throws<InputException>(() => CheckpointFile.Read(path));
        }

        File.WriteAllBytes(path, [.. whole, 0]);
        Assert.Throws<InputException>(() => CheckpointFile.Read(path));
    }

    [Fact]
    public void A_header_that_contradicts_itself_is_refused_whatever_its_checksum()
    {
        Checkpoint[] crafted =
        [
            Sample with { Epoch = -3 },
            Sample with { Epoch = 2 },
            Sample with { BestEpoch = 1 },
            Sample with { Results = [new EpochResult(4, [])] },
            Sample with { Results = [new EpochResult(0, [null!])] },
            Sample with { Results = [new EpochResult(0, []) { Sparsity = new SparsityState(new SmallScales([null!]), null) }] },
            Sample with { State = Sample.State with { Steps = -1 } },
        ];

        foreach (Checkpoint checkpoint in crafted)
        {
            Assert.Throws<InputException>(() => CheckpointFile.Read(Write(checkpoint))).Message.Should().Contain("its header contradicts itself");
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Throws<InputException>(() => CheckpointFile.Read(Path.Combine(_folder, "gone"))).Message.Should().Contain("no such checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write() => Write(Sample);

    private string Write(Checkpoint checkpoint)
    {
        string path = Path.Combine(_folder, "last.checkpoint");
        using FileStream stream = File.Create(path);
        CheckpointFile.Write(stream, checkpoint);
        return path;
    }
}
