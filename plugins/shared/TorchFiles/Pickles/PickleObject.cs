namespace PluginPrune.Shared.TorchFiles.Pickles;

/// <summary>An object as the stream describes it: what would be called with what, and what would be put into it. Nothing of it is done.</summary>
/// <param name="maker">The class or function that would make it.</param>
/// <param name="arguments">What it would be given.</param>
internal sealed class PickleObject(PickleGlobal maker, PickleTuple arguments)
{
    private PickleDictionary? _entries;
    private List<object?>? _items;

    /// <summary>The class or function that would make it.</summary>
    public PickleGlobal Maker { get; } = maker;

    /// <summary>What it would be given.</summary>
    public PickleTuple Arguments { get; } = arguments;

    /// <summary>What would be set by key, as in a dictionary.</summary>
    public PickleDictionary Entries => _entries ??= new PickleDictionary();

    /// <summary>What would be appended, as to a list.</summary>
    public List<object?> Items => _items ??= [];

    /// <summary>What would become its attributes.</summary>
    public object? State { get; set; }
}
