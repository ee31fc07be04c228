using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace PluginPrune.Core.Plans;

/// <summary>An object of a plan's file, its keys checked, its values taken out with their types checked.</summary>
internal sealed class PlanObject
{
    private readonly Dictionary<string, PlanMember> _members = new(StringComparer.Ordinal);
    private readonly PlanFaults _faults;
    private readonly string _owner;

    /// <param name="value">An object.</param>
    /// <param name="owner">What messages begin with, for instance 'group '12.conv': ', or nothing.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <param name="required">Keys that must be there.</param>
    /// <param name="optional">Keys that may be there.</param>
    public PlanObject(PlanValue value, string owner, PlanFaults faults, string[] required, string[] optional)
    {
        _faults = faults;
        _owner = owner;
        Place = value.Place;
        string[] known = [.. required, .. optional];
        var mistyped = new HashSet<string>(StringComparer.Ordinal);
        foreach (PlanMember member in value.Members)
        {
            if (!known.Contains(member.Key))
            {
                string hint = faults.Hint(member.Key, known);
                mistyped.UnionWith(known.Where(key => hint.Contains($"'{key}'", StringComparison.Ordinal)));
                faults.Add(member.Place, $"{owner}there is no key {PlanNames.Quote(member.Key)}.{(hint.Length > 0 ? hint : $" Keys are {string.Join(", ", known)}.")}");
            }
            else if (!_members.TryAdd(member.Key, member))
            {
                faults.Add(member.Place, string.Create(CultureInfo.InvariantCulture, $"{owner}'{member.Key}' stands twice, first in line {_members[member.Key].Place.Line}."));
            }
        }

        // What was mistyped has been told.
        foreach (string key in required.Where(key => !_members.ContainsKey(key) && !mistyped.Contains(key)))
        {
            faults.Add(Place, $"{owner}'{key}' is missing.");
        }
    }

    /// <summary>Where the object begins.</summary>
    public PlanPlace Place { get; }

    /// <summary>Where a key's value stands, or the object where it has none.</summary>
    public PlanPlace PlaceOf(string key) => _members.TryGetValue(key, out PlanMember? member) ? member.Value.Place : Place;

    /// <summary>A value of any kind, or null where it is missing.</summary>
    public PlanValue? Value(string key) => _members.GetValueOrDefault(key)?.Value;

    /// <summary>A text, or null where it is missing or wrong.</summary>
    public string? Text(string key) => Find(key, JsonTokenType.String, "a text in quotes is wanted")?.Text;

    /// <summary>The words of a text; none where it is missing or wrong.</summary>
    public ImmutableArray<string> Words(string key) => [.. (Text(key) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>A whole number within limits, or null where it is missing or wrong.</summary>
    public int? Whole(string key, int least, int most, string wanted)
    {
        if (Find(key, JsonTokenType.Number, wanted) is not { } value)
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        Refuse(key, value, wanted);
        return null;
    }

    /// <summary>A finite number, or null where it is missing or wrong.</summary>
    public double? Number(string key) => Find(key, JsonTokenType.Number, "a number is wanted") is { } value ? Finite(key, value) : null;

    /// <summary>The numbers of an array, all finite; none where it is missing, and without those that are wrong.</summary>
    public ImmutableArray<double> Numbers(string key)
    {
        const string Wanted = "an array of numbers is wanted";
        var numbers = ImmutableArray.CreateBuilder<double>();
        foreach (PlanValue item in Items(key, Wanted))
        {
            if (item.Kind != JsonTokenType.Number)
            {
                Refuse(key, item, Wanted);
            }
            else if (Finite(key, item) is { } number)
            {
                numbers.Add(number);
            }
        }

        return numbers.ToImmutable();
    }

    /// <summary>The items of an array; none where it is missing or wrong.</summary>
    public List<PlanValue> Items(string key, string wanted) => Find(key, JsonTokenType.StartArray, wanted)?.Items ?? [];

    /// <summary>The members of an object; none where it is missing or wrong.</summary>
    public List<PlanMember> Members(string key, string wanted) => Find(key, JsonTokenType.StartObject, wanted)?.Members ?? [];

    private double? Finite(string key, PlanValue value)
    {
        if (double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        Refuse(key, value, "a number of at most 1.8e308 is wanted");
        return null;
    }

    private PlanValue? Find(string key, JsonTokenType kind, string wanted)
    {
        if (!_members.TryGetValue(key, out PlanMember? member))
        {
            return null;
        }

        if (member.Value.Kind == kind)
        {
            return member.Value;
        }

        Refuse(key, member.Value, wanted);
        return null;
    }

    private void Refuse(string key, PlanValue value, string wanted) =>
        _faults.Add(value.Place, $"{_owner}'{key}' is {value.Description}; {wanted}.");
}
