using System.Collections.Immutable;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.EngineOnnxRuntime.Sessions;

namespace PluginPrune.EngineOnnxRuntime;

/// <summary>
/// A network with the sessions that served the last runs, one for each set of values that was asked for. Runs may go on at the
/// same time.
/// </summary>
internal sealed class OnnxRuntimeExecutable(Network network, SessionFactory factory) : IExecutable<float>
{
    // Each holds all weights that its values need.
    private const int MostSessions = 4;

    // The one that was used last stands first.
    private readonly List<RunSession> _sessions = [];
    private bool _disposed;

    public ImmutableArray<Batch<float>> Run(
        IReadOnlyList<Batch<float>> inputs, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        ObjectDisposedException.ThrowIf(_disposed, this);
        InputCheck.Check(network, inputs);
        cancellationToken.ThrowIfCancellationRequested();

        // A value that is an input needs no computing; one that stands twice is computed once.
        ImmutableArray<string> computed = [.. values.Where(IsComputed).Distinct(StringComparer.Ordinal)];
        var results = new Dictionary<string, Batch<float>>(StringComparer.Ordinal);
        if (!computed.IsEmpty)
        {
            RunSession session = Take(computed);
            try
            {
                ImmutableArray<Batch<float>> outputs = session.Run(inputs, cancellationToken);
                for (int i = 0; i < outputs.Length; i++)
                {
                    results.Add(session.Values[i], outputs[i]);
                }
            }
            finally
            {
                session.Return();
            }
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. values.Select(value => results.TryGetValue(value, out Batch<float>? result)
            ? taken.Add(value) ? result : Copy(result)
            : Copy(inputs[IndexOfInput(value)]))];
    }

    /// <summary>The session for some values of nodes, made where it is not there yet. It lives until it is returned, at least.</summary>
    public RunSession Take(ImmutableArray<string> values)
    {
        // In whatever order they are asked for, it is one session.
        values = values.Sort(StringComparer.Ordinal);
        lock (_sessions)
        {
            RunSession session = Find(values);
            session.Take();
            return session;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _sessions.ForEach(static session => session.Dispose());
        _sessions.Clear();
    }

    private RunSession Find(ImmutableArray<string> values)
    {
        int found = _sessions.FindIndex(session => session.Values.SequenceEqual(values, StringComparer.Ordinal));
        RunSession session = found >= 0 ? _sessions[found] : factory.Create(values);
        if (found >= 0)
        {
            _sessions.RemoveAt(found);
        }
        else if (_sessions.Count == MostSessions)
        {
            _sessions[^1].Dispose();
            _sessions.RemoveAt(_sessions.Count - 1);
        }

        _sessions.Insert(0, session);
        return session;
    }

    /// <exception cref="ArgumentException">The network has no such value.</exception>
    private bool IsComputed(string value) =>
        network.IndexOf(value) >= 0 || (IndexOfInput(value) < 0 ? throw new ArgumentException($"The network '{network.Name}' has no value '{value}'.") : false);

    private int IndexOfInput(string value)
    {
        for (int i = 0; i < network.Inputs.Length; i++)
        {
            if (network.Inputs[i].Name == value)
            {
                return i;
            }
        }

        return -1;
    }

    private static Batch<float> Copy(Batch<float> batch) => new(batch.Size, batch.Shape, [.. batch.Elements]);
}
