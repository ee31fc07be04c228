using System.Text.Json;
using System.Xml.Linq;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Inspection;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Inspection;

public sealed class RealNetworkInspectionTests
{
    [SharedDataTheory]
    [InlineData("yolo-fastest/yolo-fastest-1.1.cfg", 131, 2, 18)]
    [InlineData("mobilenetv2-yolo/MobileNetV2-YOLOv3-Nano-voc.cfg", 80, 2, 10)]
    public void Trained_networks_are_inspected_explained_and_drawn(string model, int layers, int heads, int blocks)
    {
        Check(InspectedModels.Read(SharedData.PathOf($"data/darknet/{model}")), layers, heads, blocks)
            .Verdict.Should().StartWith("Not sparse", "nobody trained them sparse");
    }

    [SharedDataTheory]
    [InlineData("yolov3-tiny", 24, 2, 0)]
    [InlineData("yolov4-tiny", 38, 2, 0)]
    [InlineData("yolov3", 107, 3, 23)]
    public void Networks_with_sparse_weights_are_inspected_explained_and_drawn(string model, int layers, int heads, int blocks) =>
        Check(InspectedModels.ReadSynthetic(SharedData.PathOf($"data/darknet/cfg/{model}.cfg")), layers, heads, blocks)
            .Verdict.Should().StartWith("Sparse: ");

    [SharedDataFact]
    public void In_yolo_fastest_a_depthwise_layer_over_a_route_belongs_to_both_of_its_sources()
    {
        NetworkInspection inspection = InspectedModels.Inspect(InspectedModels.Read(SharedData.PathOf("data/darknet/yolo-fastest/yolo-fastest-1.1.cfg")));
        (LayerInspection layer, string value) = new LayerLookup(inspection).Find("125")!.Value;

        LayerExplanation explanation = new LayerExplainer(inspection).Explain(layer, value);

        explanation.Groups.Select(static group => group.Channels).Should().Equal(96, 24);
        explanation.Groups[0].Members[0].Path!.ToString().Should().Be("125.conv <- 124.route <- 123.upsample <- 122.route <- 115.act <- 115.bn <- 115.conv");
    }

    private static Forecast Check(Network network, int layers, int heads, int blocks)
    {
        NetworkInspection inspection = InspectedModels.Inspect(network);
        inspection.Layers.Should().HaveCount(layers);
        inspection.Layers.Count(static layer => layer.Role == LayerRole.Head).Should().Be(heads);
        inspection.Blocks.Should().HaveCount(blocks);
        inspection.Locks.Should().HaveCount(heads);

        var explainer = new LayerExplainer(inspection);
        var lookup = new LayerLookup(inspection);
        foreach (LayerInspection layer in inspection.Layers)
        {
            LayerExplanation explanation = explainer.Explain(layer, lookup.Find(layer.Layer)!.Value.Value);
            explanation.Groups.SelectMany(static group => group.Members).Where(member => member.Member.Layer.Id != explanation.Value)
                .Should().NotContain(static member => member.Path == null, layer.Layer);
        }

        using var picture = new MemoryStream();
        NetworkPicture.Write(inspection, picture);
        picture.Position = 0;
        XDocument.Load(picture).Descendants().Count(static element => (string?)element.Attribute("class") == "box").Should().Be(layers);

        Forecast forecast = InspectedModels.Forecast(inspection);
        forecast.Rows.Select(static row => row.Parameters).Should().BeInDescendingOrder();
        forecast.Rows.Select(static row => row.Energy).Should().BeInAscendingOrder();
        using var json = new MemoryStream();
        InspectionJson.Write(inspection, forecast, "slim", picture: null, json);
        JsonDocument.Parse(json.ToArray()).RootElement.GetProperty("layers").GetArrayLength().Should().Be(layers);
        return forecast;
    }
}
