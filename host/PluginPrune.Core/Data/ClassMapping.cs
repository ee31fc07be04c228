using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.Core.Data;

/// <summary>Which class of a network each class of a dataset is.</summary>
public sealed class ClassMapping
{
    private readonly ImmutableArray<int> _toNetwork;

    private ClassMapping(ImmutableArray<int> toNetwork, ImmutableArray<string> missing, ImmutableArray<string> unused)
    {
        _toNetwork = toNetwork;
        Missing = missing;
        Unused = unused;
    }

    /// <summary>Classes of the dataset that the network does not have: their objects are left out of the truth.</summary>
    public ImmutableArray<string> Missing { get; }

    /// <summary>Classes of the network that the dataset does not have.</summary>
    public ImmutableArray<string> Unused { get; }

    /// <summary>
    /// Finds it by names, where case, spaces, underscores and dashes do not matter and VOC's and COCO's names for one thing are
    /// one; by index where either side has no names and both have equally many classes.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="networkNames">The network's classes in their order; empty where it does not tell them.</param>
    /// <param name="networkClasses">How many classes the network has.</param>
    /// <exception cref="EvaluationException">They cannot be told to be the same.</exception>
    public static ClassMapping Between(Dataset dataset, ImmutableArray<string> networkNames, int networkClasses)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!networkNames.IsDefaultOrEmpty && networkNames.Length != networkClasses)
        {
            throw new EvaluationException($"The network has {networkClasses} classes, and {networkNames.Length} names are given for them. Give one for each.");
        }

        return dataset.ClassNames.IsEmpty || networkNames.IsDefaultOrEmpty
            ? ByIndex(dataset, networkNames.IsDefault ? [] : networkNames, networkClasses)
            : ByName(dataset, networkNames);
    }

    /// <summary>The network's class, or null where it has none for it.</summary>
    /// <param name="datasetClass">The dataset's class.</param>
    public int? ToNetwork(int datasetClass) =>
        datasetClass < _toNetwork.Length && _toNetwork[datasetClass] is >= 0 and var found ? found : null;

    /// <summary>Labels as the network counts classes, without those that it has no class for.</summary>
    /// <param name="labels">Labels of the dataset.</param>
    public ImmutableArray<ObjectLabel> Apply(ImmutableArray<ObjectLabel> labels) =>
        [.. labels.Where(label => ToNetwork(label.ClassIndex) is not null).Select(label => label with { ClassIndex = ToNetwork(label.ClassIndex)!.Value })];

    private static ClassMapping ByIndex(Dataset dataset, ImmutableArray<string> networkNames, int networkClasses)
    {
        string network = networkNames.IsEmpty ? $"the network has {networkClasses} without names" : $"the network has {Few(networkNames)}";
        if (!dataset.ClassNames.IsEmpty)
        {
            return dataset.ClassNames.Length == networkClasses
                ? Identity(networkClasses)
                : throw new EvaluationException($"Which class is which? The dataset '{dataset.Name}' has {Few(dataset.ClassNames)}; {network}. Give the network's names, in its order (--names FILE).");
        }

        int highest = dataset.Items.SelectMany(static item => item.Labels.Select(static label => label.ClassIndex).Append(item.ClassIndex ?? -1)).DefaultIfEmpty(-1).Max();
        return highest < networkClasses
            ? Identity(networkClasses)
            : throw new EvaluationException($"Which class is which? The dataset '{dataset.Name}' has a class {highest} and no names; {network}. Give the dataset's names, in its order; --class-names FILE does so for YOLO's labels.");
    }

    private static ClassMapping Identity(int classes) => new([.. Enumerable.Range(0, classes)], [], []);

    private static ClassMapping ByName(Dataset dataset, ImmutableArray<string> networkNames)
    {
        // Of names that differ in spelling alone the first counts.
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < networkNames.Length; i++)
        {
            known.TryAdd(ClassNames.Plain(networkNames[i]), i);
        }

        ImmutableArray<int> toNetwork = [.. dataset.ClassNames.Select(name => Find(known, ClassNames.Plain(name)))];
        if (toNetwork.All(static index => index < 0))
        {
            throw new EvaluationException($"The dataset '{dataset.Name}' and the network have no class in common: there {Few(dataset.ClassNames)}, here {Few(networkNames)}.");
        }

        return new ClassMapping(
            toNetwork,
            [.. dataset.ClassNames.Where((_, index) => toNetwork[index] < 0)],
            [.. networkNames.Where((_, index) => !toNetwork.Contains(index))]);
    }

    private static int Find(Dictionary<string, int> known, string plain) =>
        known.TryGetValue(plain, out int index) || known.TryGetValue(ClassNames.Other(plain), out index) ? index : -1;

    private static string Few(ImmutableArray<string> names)
    {
        const int Shown = 5;
        return $"{names.Length} ({string.Join(", ", names.Take(Shown))}{(names.Length > Shown ? ", ..." : string.Empty)})";
    }
}
