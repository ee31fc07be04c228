using System.Text.Json;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;

namespace PluginPrune.Core.Pruning;

/// <summary>Writes a report as JSON: report.json, and what `--json` prints.</summary>
public static class PruneReportJson
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(PruneReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("reportVersion", 1);
            json.WriteString("network", report.Network);
            json.WriteStartObject("made");
            foreach ((string name, string value) in report.Made)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            WriteCrop(json, report.Crop);
            WriteCost(json, "before", report.Before);
            WriteCost(json, "after", report.After);
            if (report.EnergyRemoved is { } energy)
            {
                json.WriteNumber("scoreEnergyRemoved", energy);
            }

            WriteFolding(json, report.Folding);
            WriteStrings(json, "removedBlocks", report.Plan.RemovedBlocks.Select(static block => block.Junction));
            WriteLayers(json, report);
            if (report.Verification is { } verification)
            {
                json.WriteStartObject("verification");
                WriteDifference(json, "compactAgainstFolded", verification.Compact);
                WriteDifference(json, "compactAgainstMasked", verification.Folding);
                WriteDifference(json, "compactAgainstOriginal", verification.Change);
                if (verification.Cropping is { } cropping)
                {
                    WriteDifference(json, "croppedAgainstWhole", cropping);
                }

                json.WriteEndObject();
            }

            WriteRecalibration(json, report.Recalibration);
            WriteSearch(json, report.Search);
            if (report.Evaluation is { } evaluation)
            {
                json.WriteStartObject("evaluation");
                EvaluationJson.WriteProperties(json, evaluation);
                json.WriteEndObject();
            }

            WriteStrings(json, "warnings", report.Warnings);
            if (report.OutputPath is null)
            {
                // A dry run writes no plan.json: here is what would stand in it.
                json.WritePropertyName("plan");
                PlanJson.Write(report.Plan, json);
            }
            else
            {
                json.WriteString("folder", report.OutputPath);
                WriteStrings(json, "files", report.Files);
            }

            json.WriteStartObject("milliseconds");
            foreach (StepTime step in report.Steps)
            {
                json.WriteNumber(step.Step, Math.Round(step.Elapsed.TotalMilliseconds, 1));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>Writes what went of a detector's heads as the property 'crop'; nothing where nothing went.</summary>
    /// <param name="json">Within an object.</param>
    /// <param name="crop">What went, or null.</param>
    public static void WriteCrop(Utf8JsonWriter json, CropReport? crop)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (crop is null)
        {
            return;
        }

        json.WriteStartObject("crop");
        WriteStrings(json, "droppedLevels", crop.Crop.DroppedLevels.Select(NetworkCrop.NameOf));
        WriteStrings(json, "removedLayers", crop.Layers);
        if (crop.AllClasses > 0)
        {
            json.WriteNumber("classesBefore", crop.AllClasses);
            WriteStrings(json, "classes", crop.ClassNames);
        }

        json.WriteEndObject();
    }

    private static void WriteCost(Utf8JsonWriter json, string name, NetworkCost cost)
    {
        json.WriteStartObject(name);
        json.WriteNumber("parameters", cost.Parameters);
        json.WriteNumber("gflops", cost.Gflops);
        json.WriteNumber("bytes", cost.Bytes);
        json.WriteNumber("channels", cost.Channels);
        json.WriteNumber("layers", cost.Layers.Length);
        json.WriteEndObject();
    }

    private static void WriteFolding(Utf8JsonWriter json, FoldingReport folding)
    {
        json.WriteStartObject("folding");
        json.WriteString("mode", FoldingModes.NameOf(folding.Mode));
        if (folding.Mode == FoldingMode.Exact)
        {
            json.WriteNumber("constantChannels", folding.Constants);
            json.WriteNumber("parameters", folding.Parameters);
            json.WriteNumber("gflops", folding.Flops * 1e-9);
            WriteStrings(json, "inexactLayers", folding.InexactLayers);
        }

        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, PruneReport report)
    {
        var after = report.After.Layers.ToDictionary(static layer => layer.Layer, StringComparer.Ordinal);
        json.WriteStartArray("layers");
        foreach (LayerCost before in report.Before.Layers)
        {
            LayerCost? now = after.GetValueOrDefault(before.Layer);
            json.WriteStartObject();
            json.WriteString("layer", before.Layer);
            json.WriteString("kind", before.Kind);
            json.WriteNumber("channelsBefore", before.Channels);
            json.WriteNumber("channelsAfter", now?.Channels ?? 0);
            json.WriteNumber("parametersBefore", before.Parameters);
            json.WriteNumber("parametersAfter", now?.Parameters ?? 0);
            json.WriteNumber("gflopsBefore", before.MultiplyAdds * 2e-9);
            json.WriteNumber("gflopsAfter", (now?.MultiplyAdds ?? 0) * 2e-9);
            json.WriteBoolean("removed", now is null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRecalibration(Utf8JsonWriter json, RecalibrationReport? recalibration)
    {
        if (recalibration is null)
        {
            return;
        }

        json.WriteStartObject("recalibration");
        json.WriteString("source", recalibration.Source);
        json.WriteNumber("pictures", recalibration.Pictures);
        json.WriteNumber("layers", recalibration.Layers);
        if (recalibration.Weights is { } weights)
        {
            json.WriteNumber("weights", weights);
        }

        json.WriteNumber("constantChannels", recalibration.ConstantChannels);
        json.WriteEndObject();
    }

    private static void WriteSearch(Utf8JsonWriter json, RateSearchReport? search)
    {
        if (search is null)
        {
            return;
        }

        json.WriteStartObject("search");
        json.WriteString("bound", search.Bound);
        json.WriteStartArray("measured");
        foreach ((TargetMeasurement step, _) in search.Steps)
        {
            json.WriteStartObject();
            json.WriteNumber(search.IsOfDrops ? "allowedDrop" : "rate", step.Rate);
            WriteFinite(json, "value", step.Value);
            json.WriteBoolean("isMet", step.IsMet);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, string name, OutputDifference difference)
    {
        json.WriteStartObject(name);
        WriteFinite(json, "largest", difference.Largest);
        WriteFinite(json, "overall", difference.Overall);
        WriteFinite(json, "ofWhatVaries", difference.OfWhatVaries);
        WriteFinite(json, "inner", difference.Inner);
        WriteFinite(json, "border", difference.Border);
        json.WriteEndObject();
    }

    /// <summary>JSON has no infinity.</summary>
    private static void WriteFinite(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value && double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
