using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Inspection;
using PluginPrune.Core.Plans;

namespace PluginPrune.Plugins.Tests.Inspection;

public sealed class InspectionJsonTests
{
    [Fact]
    public void Inspection_of_the_sample_says_in_json_what_the_tables_show()
    {
        Network network = InspectedModels.Sample();
        NetworkInspection inspection = InspectedModels.Inspect(network, InspectedModels.Slim(network, "0.7", blocks: 2));
        Forecast forecast = InspectedModels.Forecast(inspection);

        JsonElement root = Parse(stream => InspectionJson.Write(inspection, forecast, "slim", "/pictures/sample.svg", stream));

        root.GetProperty("cost").GetProperty("parameters").GetInt64().Should().Be(350_412);
        root.GetProperty("svg").GetString().Should().Be("/pictures/sample.svg");
        JsonElement[] layers = [.. root.GetProperty("layers").EnumerateArray()];
        layers.Select(static layer => layer.GetProperty("layer").GetString()).Should().Equal(Enumerable.Range(0, 35).Select(static index => $"{index}"));
        layers.Select(static layer => layer.GetProperty("kind").GetString()).Should().Equal(inspection.Layers.Select(static layer => layer.Kind));
        layers.Select(static layer => layer.GetProperty("parameters").GetInt64()).Should().Equal(inspection.Layers.Select(static layer => layer.Parameters));
        layers.Select(static layer => layer.GetProperty("after").GetProperty("channels").GetInt32()).Should().Equal(inspection.Layers.Select(static layer => layer.After!.Channels));
        layers.Count(static layer => layer.GetProperty("after").GetProperty("removed").GetBoolean()).Should().Be(6, "two blocks of two convolutions and an addition");
        layers[0].GetProperty("gammas").GetProperty("median").GetDouble().Should().Be(inspection.Layers[0].Gammas!.Median);
        layers[4].GetProperty("gammas").ValueKind.Should().Be(JsonValueKind.Null);
        root.GetProperty("groups").GetArrayLength().Should().Be(inspection.Groups.Length);
        root.GetProperty("groups")[1].GetProperty("ties")[0].GetString().Should().Be("Addition");
        root.GetProperty("blocks").GetArrayLength().Should().Be(5);
        root.GetProperty("locks")[0].GetProperty("channels").GetInt32().Should().Be(30);
        JsonElement[] rates = [.. root.GetProperty("forecast").GetProperty("rates").EnumerateArray()];
        rates.Select(static row => row.GetProperty("parameters").GetInt64()).Should().Equal(forecast.Rows.Select(static row => row.Parameters));
        root.GetProperty("forecast").GetProperty("verdict").GetString().Should().Be(forecast.Verdict);
    }

    [Fact]
    public void Explanation_of_a_tied_layer_says_in_json_the_path_and_the_plan()
    {
        Network network = InspectedModels.Sample();
        NetworkInspection inspection = InspectedModels.Inspect(network, InspectedModels.Slim(network, "0.7"));
        (LayerInspection layer, string value) = new LayerLookup(inspection).Find("3")!.Value;

        JsonElement root = Parse(stream => ExplanationJson.Write(new LayerExplainer(inspection).Explain(layer, value), stream));

        root.GetProperty("value").GetString().Should().Be("3.conv");
        root.GetProperty("layer").GetProperty("line").GetInt32().Should().BePositive();
        JsonElement members = root.GetProperty("groups")[0].GetProperty("members");
        members[0].GetProperty("path").GetString().Should().Be("3.conv -> 3.bn -> 3.act -> 4.add <- 1.act <- 1.bn <- 1.conv");
        members[1].TryGetProperty("path", out _).Should().BeFalse("it is the layer itself");
        JsonElement plan = root.GetProperty("plan");
        plan.GetProperty("kept").GetInt32().Should().Be(layer.After!.Channels);
        (plan.GetProperty("kept").GetInt32() + plan.GetProperty("dropped").GetInt32()).Should().Be(32);
    }

    [Fact]
    public void A_head_is_a_layer_that_stands_where_its_section_stands()
    {
        NetworkInspection inspection = InspectedModels.Inspect(InspectedModels.Sample());

        LayerInspection head = inspection.Layers[27];

        head.Should().BeEquivalentTo(new { Layer = "27", Kind = "yolo", Role = LayerRole.Head, Value = "26.conv", IsLocked = true });
        head.Inputs.Should().Equal("26");
        new LayerLookup(inspection).Find("27")!.Value.Value.Should().Be("26.conv");
    }

    [Fact]
    public void Forecast_for_slim_is_what_slim_leaves()
    {
        Network network = InspectedModels.Sample();

        ForecastRow row = InspectedModels.Forecast(InspectedModels.Inspect(network)).Rows[6];

        CostTotals cost = PlanCost.Of(InspectedModels.Slim(network, "0.7"));
        row.Rate.Should().Be(0.7);
        row.Parameters.Should().Be(cost.Parameters);
        row.Gflops.Should().BeApproximately(cost.Flops * 1e-9, 1e-12);
    }

    [Theory]
    [InlineData("slim", 0.752)]
    [InlineData("normal", 0.798)]
    [InlineData("shortcut", 0.78)]
    public void Of_scores_with_a_gap_the_safe_rate_lies_before_it(string criterion, double safe)
    {
        // 'normal' and 'shortcut' take their rate of fewer layers, so their gap lies elsewhere.
        Forecast forecast = InspectedModels.Forecast(InspectedModels.Inspect(InspectedModels.ReadSynthetic(InspectedModels.SampleCfg)), criterion);

        forecast.Cliff!.SafeRate.Should().Be(safe);
        forecast.Verdict.Should().StartWith("Sparse: the scores jump from 0.00999 to 0.2");
    }

    [Fact]
    public void The_sample_is_sparse_without_a_gap()
    {
        Forecast forecast = InspectedModels.Forecast(InspectedModels.Inspect(InspectedModels.Sample()));

        forecast.FreeRate.Should().BeGreaterThan(0.6);
        forecast.Verdict.Should().StartWith("Sparse: ").And.Contain("zero");
    }

    private static JsonElement Parse(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
