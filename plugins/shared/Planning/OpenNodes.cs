using PluginPrune.Contracts.Networks;

namespace PluginPrune.Shared.Planning;

/// <summary>The nodes that an engine has yet to find a step for: those that values are wanted of, directly or not, less those that joined another one's step.</summary>
internal sealed class OpenNodes
{
    private readonly Network _network;
    private readonly HashSet<string> _wanted;
    private readonly bool[] _isOpen;

    /// <summary>Finds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="wanted">Nodes and inputs, by name.</param>
    /// <exception cref="ArgumentException">The network has no such value.</exception>
    public OpenNodes(Network network, IReadOnlyList<string> wanted)
    {
        _network = network;
        _wanted = new HashSet<string>(wanted, StringComparer.Ordinal);
        _isOpen = new bool[network.Nodes.Length];
        foreach (string value in wanted)
        {
            if (network.IndexOf(value) < 0 && network.Inputs.All(input => input.Name != value))
            {
                throw new ArgumentException($"The network '{network.Name}' has no value '{value}'.", nameof(wanted));
            }

            Open(value);
        }

        // Nodes stand after all that they read: one pass from the back finds everything.
        for (int i = _isOpen.Length - 1; i >= 0; i--)
        {
            if (_isOpen[i])
            {
                foreach (string input in network.Nodes[i].Inputs)
                {
                    Open(input);
                }
            }
        }
    }

    /// <summary>Whether a node has yet to be computed.</summary>
    public bool Contains(Node node) => _isOpen[_network.IndexOf(node.Id)];

    /// <summary>The one open node that reads a value: it can join the value's step. Null where more do, none does, or the value itself is wanted.</summary>
    public Node? OnlyReader(string value)
    {
        if (_wanted.Contains(value))
        {
            return null;
        }

        Node? only = null;
        foreach (Node reader in _network.ConsumersOf(value))
        {
            if (!Contains(reader))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = reader;
        }

        return only;
    }

    /// <summary>A node joins the step of what it reads.</summary>
    /// <returns>The value that the step then comes to.</returns>
    public string Join(Node node)
    {
        _isOpen[_network.IndexOf(node.Id)] = false;
        return node.Id;
    }

    private void Open(string value)
    {
        int node = _network.IndexOf(value);
        if (node >= 0)
        {
            _isOpen[node] = true;
        }
    }
}
