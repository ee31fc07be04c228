using System.Text.Json;
using PluginPrune.Core.Files;

namespace PluginPrune.Cli.Run;

/// <summary>Which steps of a recipe are done, and how they were called: recipe.json in the recipe's folder.</summary>
internal sealed class RecipeRecord
{
    public const string FileName = "recipe.json";

    private readonly string _folder;
    private readonly List<string[]> _done = [];

    private RecipeRecord(string folder) => _folder = folder;

    /// <summary>Reads what is there; one that was damaged counts as none: steps are then done again where they are not complete.</summary>
    public static RecipeRecord Open(string folder)
    {
        var record = new RecipeRecord(folder);
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
                record._done.AddRange(document.RootElement.GetProperty("done").EnumerateArray()
                    .Select(static step => step.EnumerateArray().Select(static word => word.GetString()!).ToArray()));
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                record._done.Clear();
            }
        }

        return record;
    }

    /// <summary>Whether a step was done as it would be done now.</summary>
    public bool IsDone(int index, StepPlan plan) => index < _done.Count && _done[index].SequenceEqual(plan.Arguments, StringComparer.Ordinal);

    /// <summary>Whether a step was done, but otherwise.</summary>
    public bool IsChanged(int index, StepPlan plan) => index < _done.Count && !IsDone(index, plan);

    /// <summary>Forgets a step and all behind it.</summary>
    public void ForgetFrom(int index)
    {
        if (index < _done.Count)
        {
            _done.RemoveRange(index, _done.Count - index);
            Save();
        }
    }

    /// <summary>Notes that a step is done.</summary>
    public void Add(StepPlan plan)
    {
        _done.Add([.. plan.Arguments]);
        Save();
    }

    private void Save()
    {
        using var folder = new OutputFolder(_folder, "recipe", overwrites: true);
        using (Stream stream = folder.CreateFile(FileName))
        {
            JsonText.Write(stream, Write);
        }

        folder.Commit();
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("done");
        foreach (string[] step in _done)
        {
            json.WriteStartArray();
            foreach (string word in step)
            {
                json.WriteStringValue(word);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
