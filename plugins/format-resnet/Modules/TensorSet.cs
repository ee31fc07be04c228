using PluginPrune.Contracts.Networks;
using PluginPrune.Shared.Tensors;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.FormatResnet.Modules;

/// <summary>The tensors of a file by the names of their modules; each is taken once.</summary>
internal sealed class TensorSet
{
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly HashSet<string> _left;

    public TensorSet(IEnumerable<StateEntry> entries)
    {
        _tensors = entries.ToDictionary(static entry => entry.Name, static entry => entry.Tensor, StringComparer.Ordinal);
        _left = [.. _tensors.Keys];
    }

    /// <summary>Those that nobody took, in ordinal order.</summary>
    public IEnumerable<string> Left => _left.Order(StringComparer.Ordinal);

    public bool Has(string name) => _tensors.ContainsKey(name);

    /// <summary>The numbers N of modules PREFIX.N, ascending.</summary>
    public int[] NumbersUnder(string prefix) =>
    [
        .. _tensors.Keys
            .Where(name => name.StartsWith(prefix + ".", StringComparison.Ordinal))
            .Select(name => name[(prefix.Length + 1)..].Split('.')[0])
            .Select(static part => int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : -1)
            .Where(static number => number >= 0)
            .Distinct()
            .Order(),
    ];

    /// <exception cref="TorchFileException">It is not there, or has another number of axes, or is no number of a network.</exception>
    public Tensor Take(string name, int rank) =>
        Find(name, rank) ?? throw new TorchFileException($"it has no tensor '{name}', which a residual network has here; it is of another architecture, or incomplete.");

    /// <returns>Null where it is not there.</returns>
    public Tensor? Find(string name, int rank)
    {
        if (!_tensors.TryGetValue(name, out Tensor? tensor))
        {
            return null;
        }

        _left.Remove(name);
        if (tensor.Shape.Rank != rank)
        {
            throw new TorchFileException($"its tensor '{name}' is {(tensor.Shape.Rank == 0 ? "one number" : tensor.Shape)}; a tensor of {rank} axes was wanted.");
        }

        return FiniteNumbers.AreAll(tensor) ? tensor : throw new TorchFileException($"its tensor '{name}' holds a number that is not finite: the training diverged.");
    }
}
