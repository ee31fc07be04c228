using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;

namespace PluginPrune.Core.Data;

/// <summary>What becomes of pictures that cannot be used: the first one stops the work, or all of them are passed over. Safe from every thread.</summary>
/// <param name="skip">Whether they are passed over (--skip-bad).</param>
/// <param name="warn">Takes a sentence on each that is.</param>
public sealed class BadPictures(bool skip, Action<string> warn)
{
    private const string Remedy = "--skip-bad passes such pictures over.";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many have been passed over.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Passes over pictures whose labels are at fault.</summary>
    /// <param name="items">All pictures of the dataset.</param>
    /// <returns>Those that can be used.</returns>
    /// <exception cref="InputException">Some cannot and are not to be passed over; the first is named.</exception>
    public IEnumerable<DatasetItem> PassOver(IEnumerable<DatasetItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        DatasetItem[] all = [.. items];
        DatasetFault[] faults = [.. all.Select(ErrorOf).OfType<DatasetFault>()];
        if (faults.Length > 0)
        {
            Add(faults);
        }

        return all.Where(static item => ErrorOf(item) is null);
    }

    /// <summary>Passes over one picture that turned out to be damaged when it was read; it is told of once, however often it is read.</summary>
    /// <param name="fault">What is wrong with it.</param>
    /// <exception cref="InputException">It is not to be passed over.</exception>
    public void PassOver(InputException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (!skip)
        {
            throw new InputException(fault.File, fault.Line, $"{Problem(fault)} {Remedy}");
        }

        lock (_lock)
        {
            if (!_damaged.Add(fault.File))
            {
                return;
            }
        }

        Interlocked.Increment(ref _count);
        Warn($"passed over: {fault.Message}");
    }

    /// <summary>Passes over pictures with one fault each.</summary>
    internal void Add(DatasetFault[] faults)
    {
        DatasetFault first = faults[0];
        string more = faults.Length == 1 ? string.Empty : $" {faults.Length - 1} more {(faults.Length == 2 ? "has" : "have")} errors; 'host data check' lists them.";
        if (!skip)
        {
            throw new InputException(first.File, first.Line, $"{first.Message}{more} {Remedy}");
        }

        Interlocked.Add(ref _count, faults.Length);
        Warn($"{faults.Length} {(faults.Length == 1 ? "picture is" : "pictures are")} passed over, {first.File}{(first.Line is { } line ? $", line {line}" : string.Empty)} first: {first.Message}");
    }

    private static DatasetFault? ErrorOf(DatasetItem item) => item.Faults.FirstOrDefault(static fault => fault.Severity == FaultSeverity.Error);

    // The message begins with the file, which the new one says again.
    private static string Problem(InputException fault)
    {
        string place = fault.Line is { } line ? $"{fault.File}, line {line}: " : $"{fault.File}: ";
        return fault.Message.StartsWith(place, StringComparison.Ordinal) ? fault.Message[place.Length..] : fault.Message;
    }

    private void Warn(string text)
    {
        lock (_lock)
        {
            warn(text);
        }
    }
}
