using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Plugins;

/// <summary>Takes what a plugin registers and remembers the first thing that cannot be.</summary>
internal sealed class CheckingRegistry : IPluginRegistry
{
    public List<Contribution> Contributions { get; } = [];

    public string? Fault { get; private set; }

    public void Add(Contribution contribution)
    {
        // A plugin may pass what the compiler warned it not to; it hears of it by diagnostic and goes on.
        if (contribution is null)
        {
            Fault ??= "Register added null";
        }
        else if (contribution.Name is null || !PluginNames.IsKebabCase(contribution.Name))
        {
            Fault ??= $"Register added a name that is not in kebab-case: '{contribution.Name}'";
        }
        else if (Contributions.Exists(other => other.Kind == contribution.Kind && other.Name == contribution.Name))
        {
            Fault ??= $"Register added the {NameLookup.Word(contribution.Kind)} '{contribution.Name}' twice";
        }
        else
        {
            Contributions.Add(contribution);
        }
    }
}
