using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Data;
using PluginPrune.Core.Files;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Anchors;

/// <summary>What `host anchors --json` prints.</summary>
internal static class AnchorsJson
{
    public static void Write(AnchorProposal proposal, Network network, LoadedDataset dataset, string? written, Stream stream) =>
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("network", network.Name);
            json.WriteNumber("width", network.Inputs[0].Shape.Width);
            json.WriteNumber("height", network.Inputs[0].Shape.Height);
            json.WriteString("data", dataset.Dataset.Name);
            json.WriteString("split", dataset.Split);
            json.WriteNumber("objects", proposal.Boxes);
            Write(json, "now", proposal.Current, proposal.Before);
            Write(json, "found", proposal.Found, proposal.After);
            json.WriteString("written", written);
            json.WriteEndObject();
        });

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<BoxSize> anchors, AnchorFit fit)
    {
        json.WriteStartObject(name);
        json.WriteNumber("meanIou", fit.MeanIou);
        json.WriteStartArray("recalls");
        for (int i = 0; i < fit.Recalls.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("iou", AnchorFit.Limits[i]);
            json.WriteNumber("recall", fit.Recalls[i]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("sideRecall", fit.SideRecall);
        json.WriteNumber("meanSides", fit.MeanSides);
        json.WriteStartArray("anchors");
        foreach (BoxSize anchor in anchors)
        {
            json.WriteStartArray();
            json.WriteNumberValue(anchor.Width);
            json.WriteNumberValue(anchor.Height);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
