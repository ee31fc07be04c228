using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Core.Tests.Sensitivity;

public sealed class MeasurementStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-store-").FullName;

    private string File => Path.Combine(_folder, MeasurementStore.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_measured_is_there_for_the_next_run_to_the_last_bit()
    {
        ImmutableArray<Metric> metrics = [new("mAP@0.5", 1.0 / 3, string.Empty, MetricDirection.Higher, 4), new("time", double.NaN, "ms", MetricDirection.Lower, 2)];
        using (var store = new MeasurementStore(_folder, "k"))
        {
            store.Add("1.conv", "0-3 7", metrics);
        }

        using var next = new MeasurementStore(_folder, "k");

        next.Find("1.conv", "0-3 7")!.Value.Should().Equal(metrics);
        next.Find("1.conv", "0-3").Should().BeNull();
        next.Find("2.conv", "0-3 7").Should().BeNull();
        next.Count.Should().Be(1);
    }

    [Fact]
    public void What_was_measured_otherwise_is_not_taken_for_ours_and_stays()
    {
        Fill("one", "1.conv");

        using (var other = new MeasurementStore(_folder, "two"))
        {
            other.Count.Should().Be(0);
            other.Add("2.conv", "1", Metrics(2));
        }

        MeasurementStore.FirstKeyIn(_folder).Should().Be("one");
        new MeasurementStore(_folder, "one").Count.Should().Be(1);
        new MeasurementStore(_folder, "two").Count.Should().Be(1);
    }

    [Fact]
    public void Wherever_a_host_is_killed_only_its_last_line_is_lost()
    {
        Fill("k", "1.conv", "2.conv", "3.conv");
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int secondEnd = Array.IndexOf(whole, (byte)'\n', Array.IndexOf(whole, (byte)'\n') + 1);

        for (int length = secondEnd + 1; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            using (var store = new MeasurementStore(_folder, "k"))
            {
                // A line that lacks nothing but its end is whole.
                store.Count.Should().Be(length == whole.Length - 1 ? 3 : 2, "{0} bytes", length);
                store.Add("4.conv", "0", Metrics(4));
            }

            using var next = new MeasurementStore(_folder, "k");
            next.Find("2.conv", "0")!.Value[0].Value.Should().Be(1);
            next.Find("4.conv", "0")!.Value[0].Value.Should().Be(4, "{0} bytes", length);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"key\":\"k\",\"group\":1,\"kept\":\"0\",\"metrics\":[]}")]
    [InlineData("{\"key\":\"k\",\"group\":\"g\",\"kept\":\"0\",\"metrics\":[{\"name\":\"a\",\"value\":1,\"unit\":\"\",\"better\":\"up\",\"decimals\":1}]}")]
    [InlineData("{\"key\":\"k\",\"group\":\"g\",\"kept\":\"0\",\"metrics\":[{\"name\":\"a\",\"value\":1,\"unit\":\"\",\"better\":\"lower\",\"decimals\":1e30}]}")]
    public void Lines_that_say_nothing_are_passed_over(string line)
    {
        Fill("k", "1.conv");
        System.IO.File.AppendAllText(File, line + "\n");

        new MeasurementStore(_folder, "k").Count.Should().Be(1);
    }

    private static ImmutableArray<Metric> Metrics(double value) => [new("a", value, string.Empty, MetricDirection.Higher, 4)];

    private void Fill(string key, params string[] groups)
    {
        using var store = new MeasurementStore(_folder, key);
        foreach (string group in groups)
        {
            store.Add(group, "0", Metrics(1));
        }
    }
}
