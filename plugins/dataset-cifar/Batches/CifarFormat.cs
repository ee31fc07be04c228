using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Shared.Datasets;
using PluginPrune.Shared.TorchFiles;

namespace PluginPrune.DatasetCifar.Batches;

/// <summary>CIFAR-10 and CIFAR-100 as they are published (Krizhevsky 2009): files of many pictures of 32 x 32, each with its class.</summary>
internal sealed class CifarFormat : IDatasetFormat
{
    private const string Training = "train";
    private const string Test = "test";

    /// <inheritdoc />
    public Dataset Open(DatasetSource source, CancellationToken cancellationToken)
    {
        string path = source.Path ?? throw new InputException("--data", null, "CIFAR is read from a folder. Name it.");
        if (!Directory.Exists(path))
        {
            throw new InputException(UserPath.Of(path), null, "it is a file; CIFAR is read from the folder with its batches. Unpack an archive first.");
        }

        (string File, string Part)[] batches =
        [
            .. Directory.GetFiles(path).Order(StringComparer.Ordinal)
                .Select(static file => (File: file, Part: PartOf(Path.GetFileName(file))))
                .Where(static batch => batch.Part is not null)
                .Select(static batch => (batch.File, batch.Part!)),
        ];
        if (batches.Length == 0)
        {
            throw new InputException(UserPath.Of(path), null, "there are no batches in it: data_batch_1 and test_batch (CIFAR-10), or train and test (CIFAR-100), with .bin behind them or not.");
        }

        string[] parts = [.. batches.Select(static batch => batch.Part).Distinct(StringComparer.Ordinal)];
        string? part = source.Split == SplitNames.All ? null : PartChooser.Choose(parts, source, path);
        var items = ImmutableArray.CreateBuilder<DatasetItem>();
        foreach ((string file, _) in batches.Where(batch => part is null || batch.Part == part))
        {
            cancellationToken.ThrowIfCancellationRequested();
            items.AddRange(Guard(file, () => Read(file)));
        }

        ImmutableArray<string> names = ClassNames.In(path);
        return items.FirstOrDefault(item => !names.IsEmpty && item.ClassIndex >= names.Length) is { } stray
            ? throw new InputException(stray.Name, null, $"it shows class {stray.ClassIndex}, and the names beside it are those of {names.Length} classes: the files do not belong together, or are damaged.")
            : new Dataset(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), names, items.ToImmutable()) { Split = part };
    }

    /// <summary>Says what is wrong with a file in the words of whoever reads it.</summary>
    public static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (TorchFileException fault)
        {
            throw new InputException(UserPath.Of(file), null, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(UserPath.Of(file), null, $"it cannot be read: {fault.Message}");
        }
    }

    private static string? PartOf(string name)
    {
        string stem = name.EndsWith(".bin", StringComparison.Ordinal) ? name[..^4] : name;
        return stem switch
        {
            "test_batch" or "test" => Test,
            "train" => Training,
            _ when stem.StartsWith("data_batch_", StringComparison.Ordinal) => Training,
            _ => null,
        };
    }

    private static IEnumerable<DatasetItem> Read(string file)
    {
        IReadOnlyList<(int Class, Func<Stream> Open)> pictures = file.EndsWith(".bin", StringComparison.Ordinal) ? BinaryBatch.Read(file) : PythonBatch.Read(file);
        return pictures.Select((picture, index) => new DatasetItem(string.Create(CultureInfo.InvariantCulture, $"{UserPath.Of(file)}/{index}"), picture.Open, []) { ClassIndex = picture.Class });
    }
}
