using System.Collections.Immutable;
using System.Text.Json;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Recipes;

/// <summary>What was done of a recipe, as what, and what its networks measured: recipe.json in the recipe's folder.</summary>
public sealed class RecipeRecord
{
    /// <summary>The file.</summary>
    public const string FileName = "recipe.json";

    private readonly string _folder;
    private readonly SortedDictionary<string, StepEntry> _steps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ImmutableSortedDictionary<string, double>> _measured = new(StringComparer.Ordinal);

    private RecipeRecord(string folder) => _folder = folder;

    /// <summary>Reads what is there; a damaged one counts as none: steps are then done again where they are not complete.</summary>
    /// <param name="folder">The recipe's folder; it need not exist.</param>
    public static RecipeRecord Open(string folder)
    {
        var record = new RecipeRecord(folder);
        string path = Path.Combine(folder, FileName);
        if (File.Exists(path))
        {
            try
            {
                RecipeRecordJson.Read(File.ReadAllBytes(path), record._steps, record._measured);
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
            {
                record._steps.Clear();
                record._measured.Clear();
            }
        }

        return record;
    }

    /// <summary>What is known of a step, or null.</summary>
    /// <param name="key">Its folder, as seen from the recipe's.</param>
    public StepEntry? this[string key] => _steps.GetValueOrDefault(key);

    /// <summary>Notes that a step is begun; those that build on it must be looked at anew.</summary>
    /// <param name="key">The step.</param>
    /// <param name="identity">As what it is done.</param>
    /// <param name="behind">The steps that build on it, however indirectly.</param>
    public void Begin(string key, StepIdentity identity, IEnumerable<string> behind)
    {
        ArgumentNullException.ThrowIfNull(behind);
        foreach (string step in behind)
        {
            if (_steps.TryGetValue(step, out StepEntry? known))
            {
                _steps[step] = known with { IsBehind = true };
            }
        }

        _steps[key] = new StepEntry(identity, IsDone: false, IsBehind: false);
        Save();
    }

    /// <summary>Notes that a step is done.</summary>
    /// <param name="key">The step.</param>
    /// <param name="identity">As what it was done.</param>
    public void End(string key, StepIdentity identity)
    {
        _steps[key] = new StepEntry(identity, IsDone: true, IsBehind: false);
        Save();
    }

    /// <summary>What was measured under a name that says all that it depends on, or null.</summary>
    /// <param name="name">The name.</param>
    public ImmutableSortedDictionary<string, double>? Measured(string name) => _measured.GetValueOrDefault(name);

    /// <summary>Keeps what was measured.</summary>
    /// <param name="name">A name that says all that it depends on.</param>
    /// <param name="metrics">The metrics.</param>
    public void Keep(string name, ImmutableSortedDictionary<string, double> metrics)
    {
        _measured[name] = metrics;
        Save();
    }

    private void Save()
    {
        using var folder = new OutputFolder(_folder, "recipe", overwrites: true);
        using (Stream stream = folder.CreateFile(FileName))
        {
            JsonText.Write(stream, json => RecipeRecordJson.Write(json, _steps, _measured));
        }

        folder.Commit();
    }
}
