using System.Runtime.ExceptionServices;
using PluginPrune.Contracts;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Data;

/// <summary>What came of looking for the format of a dataset.</summary>
public sealed class DatasetLookup
{
    private readonly Exception? _fault;

    internal DatasetLookup(DatasetChoice choice) => Choice = choice;

    internal DatasetLookup(Exception fault) => _fault = fault;

    /// <summary>What was found, or null.</summary>
    public DatasetChoice? Choice { get; }

    /// <summary>What was found, for a caller that cannot go on without it.</summary>
    /// <exception cref="InputException">There is no such file, folder or dataset, or no format or several fit.</exception>
    /// <exception cref="PluginException">The format that was named is not there, or its plugin cannot be used.</exception>
    public DatasetChoice GetOrThrow()
    {
        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }

        return Choice!;
    }
}
