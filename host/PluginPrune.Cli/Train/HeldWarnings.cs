namespace PluginPrune.Cli.Train;

/// <summary>Keeps warnings back until it is known whether they tell anything new; afterwards they pass.</summary>
/// <param name="warn">Takes them.</param>
internal sealed class HeldWarnings(Action<string> warn)
{
    private List<string>? _held = [];

    public void Warn(string text)
    {
        if (_held is { } held)
        {
            held.Add(text);
        }
        else
        {
            warn(text);
        }
    }

    public void Release()
    {
        List<string> held = _held ?? [];
        _held = null;
        held.ForEach(warn);
    }
}
