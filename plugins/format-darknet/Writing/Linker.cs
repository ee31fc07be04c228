using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.FormatDarknet.Text;

namespace PluginPrune.FormatDarknet.Writing;

/// <summary>
/// Gives sections their indexes and works out from the graph what they refer to. Where a section does not read the one before
/// it and has no key to say what it reads, a [route] is put before it.
/// </summary>
/// <param name="plan">The network's sections in their order.</param>
internal sealed class Linker(Planner plan)
{
    private readonly List<LinkedSection> _linked = [];
    private readonly Dictionary<string, int> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (int Index, string Output)> _byOldIndex = [];
    private readonly string _input = plan.Network.Inputs[0].Name;
    private string _previous = plan.Network.Inputs[0].Name;
    private SectionDraft? _previousDraft;

    public IReadOnlyList<LinkedSection> Link()
    {
        if (NeedsCopyOfInput())
        {
            // No index stands for the network's input; a section that passes it on has one.
            Add("activation", null, [new Setting("activation", "linear")], _input);
        }

        foreach (SectionDraft draft in plan.Sections)
        {
            Link(draft);
        }

        return _linked;
    }

    private string Resolve(string value) => plan.Resolve(value);

    private bool NeedsCopyOfInput() =>
        plan.Sections.Select((draft, i) => (draft, i)).Any(pair =>
            pair.draft.References.Any(IsInput)
            || (pair.draft.Primary.Any(IsInput) && (pair.i > 0 || pair.draft.Primary.Length > 1)));

    private bool IsInput(string value) => Resolve(value) == _input;

    private void Link(SectionDraft draft)
    {
        ImmutableArray<string> references = [.. draft.References.Select(Resolve)];
        if (!draft.Primary.IsEmpty)
        {
            ImmutableArray<string> primary = [.. draft.Primary.Select(Resolve)];
            int chosen = CanFollow(draft) ? primary.IndexOf(_previous) : -1;
            if (chosen < 0)
            {
                chosen = 0;
                Add("route", null, [new Setting("layers", TextOf(_producers[primary[0]] - _linked.Count))], primary[0]);
            }

            references = [.. references, .. primary.RemoveAt(chosen)];
        }

        ImmutableArray<Setting> settings = draft.Settings;
        if (draft.ReferenceKey is { } key)
        {
            settings = settings.Insert(0, SettingOf(key, draft.Source, references));
        }

        if (draft.Source is { } source)
        {
            _byOldIndex[source.Index] = (_linked.Count, Resolve(draft.Output));
        }

        Add(draft.Type.Name, draft, settings, Resolve(draft.Output));
    }

    // Darknet's head gives decoded numbers. Only where the file itself went on behind a head does it stay so.
    private bool CanFollow(SectionDraft draft) =>
        _previousDraft is not { IsHead: true } || (_previousDraft.Source is { } head && draft.Source is { } own && own.Index == head.Index + 1);

    private void Add(string name, SectionDraft? draft, ImmutableArray<Setting> settings, string output)
    {
        _producers.TryAdd(output, _linked.Count);
        _linked.Add(new LinkedSection(name, draft, settings));
        _previous = output;
        _previousDraft = draft;
    }

    private Setting SettingOf(string key, CfgSection? source, ImmutableArray<string> values)
    {
        ImmutableArray<int> old = source?.Integers(key) ?? [];
        bool isPaired = old.Length == values.Length;
        int own = _linked.Count;
        var references = ImmutableArray.CreateBuilder<int>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            int like = isPaired ? old[i] : old.Length > 0 ? old[0] : -1;
            int target = isPaired ? Target(values[i], like < 0 ? source!.Index + like : like) : _producers[values[i]];
            references.Add(like < 0 ? target - own : target);
        }

        return new Setting(key, References.Replace(source?.Text(key), old, references.ToImmutable()));
    }

    // Several sections may give one value, for instance a head and what it reads: the one that was meant stays.
    private int Target(string value, int oldIndex) =>
        _byOldIndex.TryGetValue(oldIndex, out (int Index, string Output) old) && old.Output == value ? old.Index : _producers[value];

    private static string TextOf(int value) => value.ToString(CultureInfo.InvariantCulture);
}
