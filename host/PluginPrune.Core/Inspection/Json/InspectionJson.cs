using System.Text.Json;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Inspection;

/// <summary>Writes an inspection as JSON: all that the tables say, and more digits.</summary>
public static class InspectionJson
{
    /// <summary>Writes.</summary>
    /// <param name="inspection">The network.</param>
    /// <param name="forecast">What a criterion would take, or null.</param>
    /// <param name="criterion">The criterion's name, or null.</param>
    /// <param name="picture">The full path of the picture that was drawn, or null.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(NetworkInspection inspection, Forecast? forecast, string? criterion, string? picture, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("inspectionVersion", 1);
            json.WriteString("network", inspection.Network.Name);
            WriteCost(json, "cost", inspection.Cost);
            if (inspection.After is { } after)
            {
                WriteCost(json, "after", after);
            }

            JsonParts.Write(json, "heads", inspection.Network.Heads.Select(static head => head.Id));
            JsonParts.Write(json, "opaque", inspection.OpaqueNodes.Select(static node => node.ToString()));
            JsonParts.WriteLocks(json, "locks", inspection.Locks);
            json.WriteStartArray("layers");
            foreach (LayerInspection layer in inspection.Layers)
            {
                JsonParts.WriteLayer(json, layer);
            }

            json.WriteEndArray();
            WriteGroups(json, inspection);
            json.WriteStartArray("blocks");
            foreach (BlockInspection block in inspection.Blocks)
            {
                JsonParts.WriteBlock(json, block, inspection.Plan is not null);
            }

            json.WriteEndArray();
            json.WriteStartArray("gammaHistogramEdges");
            foreach (double edge in GammaProfile.BinEdges)
            {
                json.WriteNumberValue(edge);
            }

            json.WriteEndArray();
            if (forecast is not null)
            {
                Write(json, forecast, criterion);
            }

            if (picture is not null)
            {
                json.WriteString("svg", picture);
            }

            json.WriteEndObject();
        });
    }

    private static void WriteCost(Utf8JsonWriter json, string name, NetworkCost cost)
    {
        json.WriteStartObject(name);
        json.WriteNumber("parameters", cost.Parameters);
        json.WriteNumber("gflops", cost.Gflops);
        json.WriteNumber("bytes", cost.Bytes);
        json.WriteNumber("channels", cost.Channels);
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, NetworkInspection inspection)
    {
        json.WriteStartArray("groups");
        foreach (GroupInspection group in inspection.Groups)
        {
            json.WriteStartObject();
            json.WriteNumber("group", group.Group.Index);
            json.WriteString("name", group.Group.Name);
            json.WriteNumber("size", group.Group.Size);
            JsonParts.Write(json, "layers", group.Layers);
            JsonParts.Write(json, "ties", Enum.GetValues<TieKinds>().Where(kind => kind != TieKinds.None && group.Ties.HasFlag(kind)).Select(static kind => kind.ToString()));
            json.WriteNumber("locked", group.Locked);
            JsonParts.WriteLocks(json, "locks", group.Locks);
            if (group.Kept is { } kept)
            {
                json.WriteNumber("kept", kept);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Forecast forecast, string? criterion)
    {
        json.WriteStartObject("forecast");
        json.WriteString("criterion", criterion);
        json.WriteNumber("scores", forecast.Scores);
        json.WriteStartArray("rates");
        foreach (ForecastRow row in forecast.Rows)
        {
            json.WriteStartObject();
            json.WriteNumber("rate", row.Rate);
            json.WriteNumber("parameters", row.Parameters);
            json.WriteNumber("gflops", row.Gflops);
            JsonParts.WriteFinite(json, "scoreEnergyRemoved", row.Energy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (forecast.Cliff is { } cliff)
        {
            json.WriteStartObject("cliff");
            json.WriteNumber("safeRate", cliff.SafeRate);
            JsonParts.WriteFinite(json, "scoreBelow", cliff.Below);
            JsonParts.WriteFinite(json, "scoreAbove", cliff.Above);
            json.WriteNumber("energyBelow", cliff.Energy);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("cliff");
        }

        json.WriteNumber("freeRate", forecast.FreeRate);
        json.WriteBoolean("sparse", forecast.IsSparse);
        json.WriteString("verdict", forecast.Verdict);
        json.WriteEndObject();
    }
}
