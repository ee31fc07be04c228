using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;

namespace PluginPrune.Core.Tests.Evaluation;

public sealed class LatencyTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-latency-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_Csv_TakesModelsLayersAndTheDevice()
    {
        LatencyTable table = Read("t.csv", "# measured on a Sunday\r\nDevice, Model ,MS,layer,note\nPi 5,tiny,212.5,,quiet\nPi 5,tiny,10.25,0,\nPi 5,small,40,3,\nPi 5,small,2,4,\n");

        table.Device.Should().Be("Pi 5");
        table.TotalOf("tiny").Should().Be(212.5, "the whole was measured");
        table.TotalOf("small").Should().Be(42, "the layers together are the whole");
        table.TotalOf("other").Should().BeNull();
        table.LayerOf("tiny", "0").Should().Be(10.25);
        table.LayerOf("tiny", "1").Should().BeNull();
    }

    [Theory]
    [InlineData("""{"device": "Pi 5", "rows": [{"model": "tiny", "ms": 212.5}, {"model": "tiny", "layer": 0, "ms": "10.25"},]}""", "Pi 5")]
    [InlineData("""[{"model": "tiny", "ms": 212.5}, {"model": "tiny", "layer": "0", "ms": 10.25}]""", "t")]
    public void Read_Json_TakesTheSame(string text, string device)
    {
        LatencyTable table = Read("t.json", text);

        table.Device.Should().Be(device);
        table.TotalOf("tiny").Should().Be(212.5);
        table.LayerOf("tiny", "0").Should().Be(10.25);
    }

    [Theory]
    [InlineData("t.csv", "", "there is no row in it.")]
    [InlineData("t.csv", "model,ms\n", "there is no row in it.")]
    [InlineData("t.csv", "name,time\na,1\n", "line 1: the first line names the columns, at least 'model' and 'ms', *found is 'name,time'.")]
    [InlineData("t.csv", "model,ms\na\n", "line 2: 1 values where the header has 2 columns.")]
    [InlineData("t.csv", "model,ms\na,fast\n", "line 2: 'ms' is 'fast'; wanted is a number above 0.")]
    [InlineData("t.csv", "model,ms\na,0\n", "line 2: 'ms' is '0'; *")]
    [InlineData("t.csv", "model,ms\na,NaN\n", "line 2: 'ms' is 'NaN'; *")]
    [InlineData("t.csv", "model,ms\n,3\n", "line 2: 'model' is missing.")]
    [InlineData("t.csv", "model,ms\na,1\na,2\n", "line 3: 'a' stands there twice.")]
    [InlineData("t.csv", "model,ms,layer\na,1,7\na,2,7\n", "line 3: layer 7 of 'a' stands there twice.")]
    [InlineData("t.csv", "model,ms,device\na,1,x\nb,2,y\n", "line 3: 'x' and 'y' are two devices; a table is about one.")]
    [InlineData("t.json", "{", "*this is no JSON: *")]
    [InlineData("t.json", "{\"rows\": 3}", "wanted is a list of objects with 'model' and 'ms', *")]
    [InlineData("t.json", "[{\"ms\": 3}]", "row 1: 'model' is missing.")]
    [InlineData("t.json", "[3]", "row 1: 'model' is missing.")]
    public void Read_NoTable_SaysWhereAndWhatIsWanted(string name, string text, string message)
    {
        Action reading = () => Read(name, text);

        reading.Should().Throw<InputException>().Which.Message.Should().Match("*" + name + "*" + message);
    }

    [Fact]
    public void AddTo_Report_ShowsTimesBesideAndWarnsOfStrangers()
    {
        var warnings = new List<string>();
        var layers = new MetricTable("per layer", "layer", [Time("time")], [new MetricRow("0", [1.5]), new MetricRow("1", [2.5])]);
        var report = new EvaluationReport(
            ["a/tiny", "small"],
            [new EvaluationSection("latency", [new EvaluationResult([Time("time", 4)]) { Tables = [layers] }, new EvaluationResult([Time("time", 2)]) { Tables = [layers] }])]);
        var table = new LatencyTable("Pi 5", [new("tiny", null, 200), new("tiny", "1", 90), new("stranger", null, 3)]);

        EvaluationReport both = new TargetTimes(table).AddTo(report, [["a/tiny", "tiny"], ["small"]], warnings.Add);

        both.Sections.Should().HaveCount(2);
        both.Sections[1].Results.Select(static result => result.Metrics[0].Value).Should().Equal(200, double.NaN);
        both.Sections[1].Results[0].Metrics[0].Name.Should().Be("time on Pi 5");
        MetricTable beside = both.Sections[0].Results[0].Tables[0];
        beside.Rows.Select(static row => row.Values[1]).Should().Equal(double.NaN, 90);
        beside.Columns.Should().HaveCount(2);
        both.Sections[0].Results[1].Tables[0].Columns.Should().ContainSingle();
        warnings.Should().Equal("The latency table has times of 'stranger', which is not among the networks (a/tiny, small).");
    }

    private static Metric Time(string name, double value = double.NaN) => new(name, value, "ms", MetricDirection.Lower, 2);

    private LatencyTable Read(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return LatencyTableReader.Read(path);
    }
}
