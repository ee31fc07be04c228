using System.Text.Json;
using PluginPrune.Core.Files;
using PluginPrune.Core.Training;

namespace PluginPrune.Cli.Train;

/// <summary>What `host train --json` prints, and report.json.</summary>
/// <param name="folder">The folder of the training.</param>
/// <param name="advice">How it goes on after a sparse training.</param>
internal sealed class TrainJson(string folder, PruneAdvice advice)
{
    public void Write(Checkpoint last, Stream stream) => JsonText.Write(stream, json => Write(json, last));

    private void Write(Utf8JsonWriter json, Checkpoint last)
    {
        json.WriteStartObject();
        json.WriteString("folder", folder);
        json.WriteNumber("epochs", last.Results.Length);
        if (last.BestEpoch >= 0)
        {
            json.WriteNumber("bestEpoch", last.BestEpoch + 1);
        }

        WriteForecast(json, last.Forecast);
        WriteSparsity(json, last.Results.IsEmpty ? null : last.Results[^1].Sparsity);
        json.WriteStartArray("results");
        foreach (EpochResult result in last.Results)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", result.Epoch + 1);
            foreach (NamedValue value in result.Values.Where(static value => double.IsFinite(value.Value)))
            {
                json.WriteNumber(value.Name, value.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteForecast(Utf8JsonWriter json, CollapseForecast? forecast)
    {
        if (forecast is null)
        {
            return;
        }

        json.WriteStartObject("forecast");
        json.WriteNumber("strength", forecast.Strength);
        json.WriteNumber("ratio", forecast.Ratio);
        if (forecast.Collapse is { } collapse)
        {
            json.WriteNumber("collapseEpoch", collapse);
        }

        json.WriteNumber("smallAtEnd", forecast.Small);
        if (forecast.Recommended is { } recommended)
        {
            json.WriteNumber("recommendedStrength", recommended);
        }

        json.WriteBoolean("knowsLoss", forecast.KnowsLoss);
        json.WriteString("text", forecast.Text);
        if (forecast.Warning is { } warning)
        {
            json.WriteString("warning", warning);
        }

        json.WriteEndObject();
    }

    private void WriteSparsity(Utf8JsonWriter json, SparsityState? state)
    {
        if (state is null)
        {
            return;
        }

        json.WriteStartObject("sparsity");
        json.WriteNumber("below0.01", state.Scales.BelowHundredth);
        json.WriteNumber("below0.001", state.Scales.BelowThousandth);
        if (state.Readiness is { } readiness)
        {
            json.WriteBoolean("isReady", readiness.IsReady);
            json.WriteNumber("prunableRate", readiness.Rate);
            json.WriteNumber("askedRate", readiness.Asked);
            json.WriteString("verdict", readiness.Verdict);
            if (advice.CommandFor(readiness) is { } command)
            {
                json.WriteString("command", command);
            }
        }

        json.WriteStartArray("layers");
        foreach (LayerScales layer in state.Scales.Layers)
        {
            json.WriteStartObject();
            json.WriteString("layer", layer.Layer);
            json.WriteNumber("channels", layer.Channels);
            json.WriteNumber("below0.01", layer.BelowHundredth);
            json.WriteNumber("below0.001", layer.BelowThousandth);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
