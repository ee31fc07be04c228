using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Manifest;

/// <summary>Keeps what a plugin registers, in its order.</summary>
internal sealed class RecordingRegistry : IPluginRegistry
{
    private readonly List<Contribution> _contributions = [];

    public IReadOnlyList<Contribution> Contributions => _contributions;

    public void Add(Contribution contribution)
    {
        ArgumentNullException.ThrowIfNull(contribution);
        _contributions.Add(contribution);
    }
}
