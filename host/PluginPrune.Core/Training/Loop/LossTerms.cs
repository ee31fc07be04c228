using System.Collections.Immutable;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Core.Training;

/// <summary>Parts of a loss, those of one name added up.</summary>
internal sealed class LossTerms
{
    private readonly List<LossTerm> _terms = [];

    /// <summary>In the order in which their names came first.</summary>
    public ImmutableArray<LossTerm> All => [.. _terms];

    public void Add(string name, double value)
    {
        int at = _terms.FindIndex(other => other.Name == name);
        if (at < 0)
        {
            _terms.Add(new LossTerm(name, value));
        }
        else
        {
            _terms[at] = _terms[at] with { Value = _terms[at].Value + value };
        }
    }
}
