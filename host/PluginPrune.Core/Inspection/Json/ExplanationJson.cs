using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Analysis;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Inspection;

/// <summary>Writes the explanation of a layer as JSON.</summary>
public static class ExplanationJson
{
    /// <summary>Writes.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(LayerExplanation explanation, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("explanationVersion", 1);
            json.WritePropertyName("layer");
            JsonParts.WriteLayer(json, explanation.Layer);
            json.WriteString("value", explanation.Value);
            WriteNodes(json, explanation);
            JsonParts.Write(json, "readers", explanation.Readers);
            WriteGroups(json, explanation);
            json.WriteNumber("fixedChannels", explanation.FixedChannels);
            json.WriteStartArray("equalParts");
            foreach (EqualParts constraint in explanation.Constraints)
            {
                json.WriteStartObject();
                json.WriteString("value", constraint.Value);
                json.WriteNumber("parts", constraint.Parts);
                json.WriteString("because", constraint.Because.Id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Write(json, "locks", explanation.Locks);
            json.WriteStartArray("blocks");
            foreach (BlockInspection block in explanation.Blocks)
            {
                JsonParts.WriteBlock(json, block, explanation.Plan is not null);
            }

            json.WriteEndArray();
            if (explanation.Plan is { } plan)
            {
                Write(json, plan);
            }

            if (!explanation.Notes.IsEmpty)
            {
                PlannedNoteJson.Write(explanation.Notes, json);
            }

            json.WriteEndObject();
        });
    }

    private static void WriteNodes(Utf8JsonWriter json, LayerExplanation explanation)
    {
        json.WriteStartArray("nodes");
        foreach (Node node in explanation.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("id", node.Id);
            json.WriteString("operation", node.Operation.Name);
            JsonParts.Write(json, "inputs", node.Inputs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteGroups(Utf8JsonWriter json, LayerExplanation explanation)
    {
        json.WriteStartArray("groups");
        foreach (GroupExplanation group in explanation.Groups)
        {
            json.WriteStartObject();
            json.WriteNumber("group", group.Group.Group.Index);
            json.WriteNumber("size", group.Group.Group.Size);
            json.WriteNumber("channels", group.Channels);
            json.WriteString("ties", group.Group.Ties.ToString());
            json.WriteStartArray("members");
            foreach (MemberExplanation member in group.Members)
            {
                json.WriteStartObject();
                json.WriteString("layer", member.Member.Layer.Origin.Layer);
                json.WriteString("node", member.Member.Layer.Id);
                json.WriteBoolean("makesChannels", member.Member.IsProducer);
                if (member.Path is { } path)
                {
                    json.WriteString("path", path.ToString());
                    JsonParts.Write(json, "through", path.Steps.Select(static step => step.Value));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PlannedChannels plan)
    {
        json.WriteStartObject("plan");
        json.WriteString("removedWith", plan.RemovedWith);
        json.WriteNumber("kept", plan.KeptCount);
        json.WriteString("keptChannels", plan.Kept);
        json.WriteNumber("dropped", plan.DroppedCount);
        json.WriteString("droppedChannels", plan.Dropped);
        JsonParts.WriteFinite(json, "largestGammaDropped", plan.Line);
        json.WriteString("largestGammaDroppedIn", plan.LineLayer);
        Write(json, "whyKept", plan.WhyKept);
        Write(json, "whyDropped", plan.WhyDropped);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<ChannelNote> notes)
    {
        json.WriteStartArray(name);
        foreach (ChannelNote note in notes)
        {
            json.WriteStartObject();
            json.WriteString("channels", note.Channels);
            json.WriteNumber("count", note.Count);
            json.WriteString("reason", note.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
