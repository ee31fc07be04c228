using System.Text.Json;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;

namespace PluginPrune.Cli.Plan;

/// <summary>`host plan show --json` and `host plan diff --json`.</summary>
internal static class PlanTablesJson
{
    public static void Write(PlanContents plan, Stream stream)
    {
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("network", plan.Document.Network);
            json.WriteString("architecture", plan.Document.Architecture);
            json.WriteStartObject("made");
            foreach ((string name, string value) in plan.Document.Made)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            WriteBlocks(json, "removedBlocks", plan.Document.RemovedBlocks);
            json.WriteStartArray("groups");
            foreach (KeptChannels group in plan.Groups)
            {
                json.WriteStartObject();
                json.WriteString("group", group.Group.Name);
                json.WriteString("layers", string.Join(' ', group.Group.Layers));
                json.WriteNumber("channels", group.Group.Channels);
                json.WriteNumber("kept", group.Kept);
                WriteConstant(json, "constant", group);
                json.WriteString("note", group.Group.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteTotal(json, "total", plan);
            json.WriteEndObject();
        });
    }

    public static void Write(PlanDifference difference, Stream stream)
    {
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteString("a", difference.First.Document.File);
            json.WriteString("b", difference.Second.Document.File);
            json.WriteBoolean("cutsTheSame", difference.CutsTheSame);
            json.WriteStartArray("made");
            foreach (MadeDifference setting in difference.Made)
            {
                json.WriteStartObject();
                json.WriteString("name", setting.Name);
                json.WriteString("a", setting.First);
                json.WriteString("b", setting.Second);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteBlocks(json, "blocksOnlyInA", difference.BlocksOnlyInFirst);
            WriteBlocks(json, "blocksOnlyInB", difference.BlocksOnlyInSecond);
            json.WriteStartArray("groups");
            foreach (GroupDifference group in difference.Groups)
            {
                json.WriteStartObject();
                json.WriteString("group", group.Group.Name);
                json.WriteString("layers", string.Join(' ', group.Group.Layers));
                json.WriteNumber("channels", group.Group.Channels);
                WriteCount(json, "keptByA", group.First);
                WriteCount(json, "keptByB", group.Second);
                WriteConstant(json, "constantInA", group.First);
                WriteConstant(json, "constantInB", group.Second);
                json.WriteString("onlyInA", group.OnlyInFirst);
                json.WriteString("onlyInB", group.OnlyInSecond);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteTotal(json, "totalA", difference.First);
            WriteTotal(json, "totalB", difference.Second);
            json.WriteEndObject();
        });
    }

    private static void WriteBlocks(Utf8JsonWriter json, string name, IEnumerable<PlannedBlock> blocks)
    {
        json.WriteStartArray(name);
        foreach (PlannedBlock block in blocks)
        {
            json.WriteStringValue(block.Junction);
        }

        json.WriteEndArray();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, KeptChannels? group)
    {
        if (group is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, group.Kept);
        }
    }

    /// <summary>Only where there is one: most plans have none.</summary>
    private static void WriteConstant(Utf8JsonWriter json, string name, KeptChannels? group)
    {
        if (group?.Constants.Contains(true) == true)
        {
            json.WriteString(name, group.Group.Constant);
        }
    }

    private static void WriteTotal(Utf8JsonWriter json, string name, PlanContents plan)
    {
        json.WriteStartObject(name);
        json.WriteNumber("groups", plan.Groups.Length);
        json.WriteNumber("channels", plan.Channels);
        json.WriteNumber("kept", plan.Kept);
        json.WriteNumber("removedBlocks", plan.Document.RemovedBlocks.Length);
        json.WriteEndObject();
    }
}
