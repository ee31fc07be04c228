using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>What a plan does to a detector's heads, in plan.json: levels and classes, before anything else of the plan.</summary>
internal static class PlannedCropJson
{
    public const string Levels = "droppedLevels";

    public const string Classes = "classes";

    public static void Write(NetworkCrop crop, Utf8JsonWriter json)
    {
        json.WriteStartObject("crop");
        if (!crop.DroppedLevels.IsEmpty)
        {
            json.WriteString(Levels, string.Join(' ', crop.DroppedLevels.Select(NetworkCrop.NameOf)));
        }

        if (!crop.Classes.IsEmpty)
        {
            json.WriteString(Classes, string.Join(' ', crop.Classes.Select(static index => index.ToString(CultureInfo.InvariantCulture))));
        }

        json.WriteEndObject();
    }

    /// <summary>Reads it; what is wrong is noted.</summary>
    public static NetworkCrop? Read(PlanValue value, PlanFaults faults)
    {
        if (value.Kind != JsonTokenType.StartObject)
        {
            faults.Add(value.Place, $"'crop' is {value.Description}; an object with '{Levels}' and '{Classes}' is wanted.");
            return null;
        }

        var crop = new PlanObject(value, "crop: ", faults, [], [Levels, Classes]);
        return new NetworkCrop
        {
            DroppedLevels = Numbers(crop, Levels, NetworkCrop.LevelOf, "levels such as 'P5'", faults),
            Classes = Numbers(crop, Classes, static word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null, "numbers of classes", faults),
        };
    }

    private static ImmutableArray<int> Numbers(PlanObject crop, string key, Func<string, int?> parse, string wanted, PlanFaults faults)
    {
        var numbers = new SortedSet<int>();
        foreach (string word in crop.Words(key))
        {
            if (parse(word) is { } number)
            {
                numbers.Add(number);
            }
            else
            {
                faults.Add(crop.PlaceOf(key), $"crop: '{key}' has {PlanNames.Quote(word)}; {wanted} are wanted.");
            }
        }

        return [.. numbers];
    }
}
