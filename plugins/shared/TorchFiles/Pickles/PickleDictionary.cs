namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>A dictionary, in the order in which its entries were set. Keys may be anything, and may stand there twice: the last one counts.</summary>
internal sealed class PickleDictionary
{
    private readonly List<KeyValuePair<object?, object?>> _entries = [];

    /// <summary>All entries.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => _entries;

    /// <summary>The value of a text, or null.</summary>
    public object? this[string key] => _entries.FindLast(entry => entry.Key is string text && text == key).Value;

    /// <summary>The entries of a dict or a collections.OrderedDict; null of anything else.</summary>
    public static PickleDictionary? Of(object? value) => value switch
    {
        PickleDictionary dictionary => dictionary,
        PickleObject { Maker: { Module: "collections", Name: "OrderedDict" } } made => made.Entries,
        _ => null,
    };

    /// <summary>Sets an entry.</summary>
    public void Add(object? key, object? value) => _entries.Add(new KeyValuePair<object?, object?>(key, value));
}
