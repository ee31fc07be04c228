using System.Text.Json;

namespace PluginPrune.Core.Inspection;

/// <summary>What inspections and explanations have in common as JSON.</summary>
internal static class JsonParts
{
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, string name, GammaProfile? gammas)
    {
        if (gammas is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", gammas.Count);
        foreach ((string quantile, double share) in new[] { ("minimum", 0), ("lowerQuartile", 0.25), ("median", 0.5), ("upperQuartile", 0.75), ("maximum", 1) })
        {
            WriteFinite(json, quantile, gammas.Quantile(share));
        }

        WriteFinite(json, "mean", gammas.Mean);
        json.WriteNumber("shareBelow0.001", gammas.ShareBelow(1e-3));
        json.WriteNumber("shareBelow0.01", gammas.ShareBelow(1e-2));
        Write(json, "histogram", gammas.Histogram);
        json.WriteEndObject();
    }

    public static void WriteLocks(Utf8JsonWriter json, string name, IEnumerable<LockCount> locks)
    {
        json.WriteStartArray(name);
        foreach (LockCount count in locks)
        {
            json.WriteStartObject();
            json.WriteString("reason", count.Reason);
            json.WriteNumber("groups", count.Groups);
            json.WriteNumber("channels", count.Channels);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteBlock(Utf8JsonWriter json, BlockInspection block, bool hasPlan)
    {
        json.WriteStartObject();
        json.WriteString("layer", block.Layer);
        json.WriteString("junction", block.Block.Junction.Id);
        json.WriteString("input", block.Block.Input);
        Write(json, "branch", block.Layers);
        json.WriteNumber("parameters", block.Parameters);
        json.WriteNumber("mflops", block.MultiplyAdds * 2e-6);
        WriteFinite(json, "meanGamma", block.MeanGamma);
        if (hasPlan)
        {
            json.WriteBoolean("removed", block.IsRemoved);
        }

        if (block.IsKept)
        {
            json.WriteBoolean("kept", true);
        }

        json.WriteEndObject();
    }

    public static void WriteLayer(Utf8JsonWriter json, LayerInspection layer)
    {
        json.WriteStartObject();
        json.WriteString("layer", layer.Layer);
        json.WriteString("kind", layer.Kind);
        if (layer.Line is { } line)
        {
            json.WriteNumber("line", line);
        }

        json.WriteString("role", layer.Role.ToString());
        Write(json, "nodes", layer.Nodes);
        Write(json, "inputs", layer.Inputs);
        Write(json, "output", layer.Output.Dimensions);
        json.WriteNumber("parameters", layer.Parameters);
        json.WriteNumber("mflops", layer.MultiplyAdds * 2e-6);
        Write(json, "groups", layer.Groups);
        json.WriteNumber("lockedChannels", layer.LockedChannels);
        Write(json, "lockReasons", layer.LockReasons);
        Write(json, "gammas", layer.Gammas);
        if (layer.After is { } after)
        {
            json.WriteStartObject("after");
            json.WriteBoolean("removed", after.IsRemoved);
            json.WriteNumber("channels", after.Channels);
            json.WriteNumber("parameters", after.Parameters);
            json.WriteNumber("mflops", after.MultiplyAdds * 2e-6);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>JSON has neither infinity nor NaN.</summary>
    public static void WriteFinite(Utf8JsonWriter json, string name, double? number)
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
}
