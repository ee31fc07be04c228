using System.Collections.Immutable;

namespace PluginPrune.Core.Plans;

/// <summary>Where two architectures first differ, from their descriptions (<see cref="ArchitectureHash.Describe(Contracts.Networks.Network)"/>).</summary>
/// <param name="Index">The place of the first line that differs.</param>
/// <param name="Name">The id of the layer, input or head that it is about.</param>
/// <param name="Ours">What the first description says there.</param>
/// <param name="Theirs">What the second one says there.</param>
internal sealed record ArchitectureDifference(int Index, string Name, string Ours, string Theirs)
{
    private const string End = "nothing: it ends before";

    /// <summary>The first difference, or null where there is none.</summary>
    public static ArchitectureDifference? First(ImmutableArray<string> ours, ImmutableArray<string> theirs)
    {
        int index = 0;
        while (index < ours.Length && index < theirs.Length && ours[index] == theirs[index])
        {
            index++;
        }

        return (index < ours.Length, index < theirs.Length) switch
        {
            (false, false) => null,
            (true, false) => new ArchitectureDifference(index, NameOf(ours[index]), WhatOf(ours[index]), End),
            (false, true) => new ArchitectureDifference(index, NameOf(theirs[index]), End, WhatOf(theirs[index])),
            _ => Between(index, ours[index], theirs[index]),
        };
    }

    private static ArchitectureDifference Between(int index, string ours, string theirs)
    {
        string name = NameOf(theirs);
        string[] left = Parts(ours);
        string[] right = Parts(theirs);
        if (NameOf(ours) != name)
        {
            return new ArchitectureDifference(index, name, Shorten(ours), Shorten(theirs));
        }

        if (left[0] != right[0])
        {
            return new ArchitectureDifference(index, name, WhatOf(ours), WhatOf(theirs));
        }

        // Of layers of one kind it is enough to tell the first setting that differs.
        string[] onlyLeft = [.. left.Except(right, StringComparer.Ordinal)];
        string[] onlyRight = [.. right.Except(left, StringComparer.Ordinal)];
        string? setting = onlyLeft.Concat(onlyRight).Select(KeyOf).FirstOrDefault();
        return new ArchitectureDifference(index, name, $"{left[0]} {Find(onlyLeft)}", Find(onlyRight));

        string Find(string[] parts) => Shorten(parts.FirstOrDefault(part => KeyOf(part) == setting) ?? $"no {setting}");
    }

    /// <summary>The operation, then tensors and settings, then what is read.</summary>
    private static string[] Parts(string line)
    {
        string rest = AfterName(line);
        int arrow = rest.LastIndexOf(" <- ", StringComparison.Ordinal);
        return arrow < 0 ? rest.Split(", ") : [.. rest[..arrow].Split(", "), $"reading {rest[(arrow + 4)..]}"];
    }

    private static string KeyOf(string part) => part.Split(' ', 2)[0];

    private static string NameOf(string line)
    {
        int end = line.IndexOf(" = ", StringComparison.Ordinal);
        return Shorten(end < 0 ? line : line[..end]);
    }

    private static string WhatOf(string line) => Shorten(AfterName(line));

    private static string AfterName(string line)
    {
        int end = line.IndexOf(" = ", StringComparison.Ordinal);
        return end < 0 ? line : line[(end + 3)..];
    }

    /// <summary>Lines come from a file that may hold anything.</summary>
    private static string Shorten(string text) => PlanNames.Clean(text, 120);
}
