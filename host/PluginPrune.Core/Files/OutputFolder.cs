using System.Globalization;
using PluginPrune.Contracts.Formats;

namespace PluginPrune.Core.Files;

/// <summary>
/// A folder that receives files all at once: each is written under a temporary name, and only <see cref="Commit"/> gives them
/// their own. Whatever happens before, no half-written file bears a real name, and nothing is overwritten unasked. One host at a
/// time writes there; what one that was killed left behind, the next one removes.
/// </summary>
public sealed class OutputFolder : IModelSink, IDisposable
{
    /// <summary>What the names of all temporary files begin with; they end with '.tmp'.</summary>
    internal const string TemporaryPrefix = ".pluginprune-";

    private readonly string _stem;
    private readonly bool _overwrites;
    private readonly bool _isNew;
    private readonly FolderLock _lock;
    private readonly List<(string Temporary, string Final)> _files = [];

    /// <summary>Prepares a folder.</summary>
    /// <param name="path">Made where it does not exist.</param>
    /// <param name="stem">The name of the model's files, without their extensions.</param>
    /// <param name="overwrites">Whether files that exist are replaced.</param>
    /// <exception cref="OutputException">The path is a file, another host writes there, or the folder cannot be made or written to.</exception>
    public OutputFolder(string path, string stem, bool overwrites)
    {
        FullPath = Path.GetFullPath(path);
        _stem = stem;
        _overwrites = overwrites;
        for (string? place = FullPath; place is not null && !Directory.Exists(place); place = Path.GetDirectoryName(place))
        {
            if (File.Exists(place))
            {
                throw new OutputException($"{place} is a file; --out takes a folder.", isBadPlace: true);
            }
        }

        _isNew = !Directory.Exists(FullPath);
        try
        {
            _lock = FolderLock.TryTake(FullPath) ?? throw new OutputException(
                $"Another run is writing to {FullPath} at this moment. Wait until it is done, or choose another --out.", isBadPlace: false)
            { IsBusy = true };
            FolderCommit.Recover(FullPath);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or ArgumentOutOfRangeException or (IOException and not OutputException))
        {
            _lock?.Dispose();
            RemoveIfMadeForNothing();
            throw error is PathTooLongException
                ? new OutputException($"The system takes no path as long as {FullPath}. Choose a shorter --out.", isBadPlace: true)
                : new OutputException($"The folder {FullPath} cannot be {(Directory.Exists(FullPath) ? "written to" : "made")}: {error.Message}", isBadPlace: false);
        }
    }

    /// <summary>Prepares a folder that nobody has yet: path-1, or the first number above that is free. Of hosts that ask at the same time each gets its own.</summary>
    /// <param name="path">The path without its number.</param>
    /// <param name="stem">The name of the model's files, without their extensions.</param>
    /// <exception cref="OutputException">The folder cannot be made or written to.</exception>
    public static OutputFolder MakeNumbered(string path, string stem)
    {
        for (int number = 1; ; number++)
        {
            string next = string.Create(CultureInfo.InvariantCulture, $"{path}-{number}");
            if (!Path.Exists(next) && TryMakeOwn(next, stem) is { } folder)
            {
                return folder;
            }
        }
    }

    /// <summary>Whether a host was killed there while it gave files their names. Who prepares the folder next gives them the rest.</summary>
    /// <param name="path">A folder, which need not exist.</param>
    public static bool IsUnfinished(string path) => FolderCommit.HasJournal(path);

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The names of the files begun so far, in order.</summary>
    public IEnumerable<string> Names => _files.Select(static file => file.Final);

    /// <summary>Refuses names that are taken, before any work is done for them.</summary>
    /// <param name="names">File names in the folder.</param>
    /// <exception cref="OutputException">One exists and must not be overwritten.</exception>
    public void Reserve(params IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            RefuseToOverwrite(name);
        }
    }

    /// <inheritdoc />
    public Stream Create(string extension) => CreateFile(_stem + extension);

    /// <summary>Begins a file.</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <exception cref="OutputException">It exists and must not be overwritten, or cannot be written.</exception>
    public Stream CreateFile(string name)
    {
        RefuseToOverwrite(name);
        string temporary = TemporaryName(_files.Count.ToString(CultureInfo.InvariantCulture));
        var stream = new OutputStream(Path.Combine(FullPath, temporary), Path.Combine(FullPath, name));
        _files.Add((temporary, name));
        return stream;
    }

    /// <summary>Gives all files their names, or none of them; they must be closed.</summary>
    /// <exception cref="OutputException">A file appeared in the meantime and must not be overwritten, or a name cannot be given.</exception>
    public void Commit()
    {
        Reserve(Names);
        try
        {
            FolderCommit.Run(FullPath, _files, _overwrites);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Reserve(Names);
            throw new OutputException($"The files cannot be given their names in {FullPath}: {error.Message}", isBadPlace: error is PathTooLongException);
        }

        _files.Clear();
    }

    /// <summary>Removes what was not committed, and the folder where it was made for nothing.</summary>
    public void Dispose()
    {
        foreach ((string temporary, _) in _files)
        {
            TryDelete(Path.Combine(FullPath, temporary));
        }

        _lock.Dispose();
        RemoveIfMadeForNothing();
    }

    /// <summary>A temporary name that no other process uses.</summary>
    internal static string TemporaryName(string purpose) => string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{Environment.ProcessId}-{purpose}.tmp");

    /// <summary>Removes a temporary file; where that cannot be, the next host in the folder tries again.</summary>
    internal static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What matters has been done, or is about to be reported.
        }
    }

    /// <returns>The folder, or null where another host was quicker.</returns>
    private static OutputFolder? TryMakeOwn(string path, string stem)
    {
        OutputFolder folder;
        try
        {
            folder = new OutputFolder(path, stem, overwrites: false);
        }
        catch (OutputException error) when (error.IsBusy)
        {
            return null;
        }

        // So quick perhaps that it has left already.
        if (Directory.EnumerateFileSystemEntries(folder.FullPath).All(static entry => Path.GetFileName(entry) == FolderLock.FileName))
        {
            return folder;
        }

        folder.Dispose();
        return null;
    }

    private void RemoveIfMadeForNothing()
    {
        try
        {
            if (_isNew && Directory.Exists(FullPath) && !Directory.EnumerateFileSystemEntries(FullPath).Any())
            {
                Directory.Delete(FullPath);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another host has begun to use it, or has removed it itself.
        }
    }

    private void RefuseToOverwrite(string name)
    {
        string path = Path.Combine(FullPath, name);
        if (Directory.Exists(path))
        {
            throw new OutputException($"{path} is a folder; a file is to be written there. Choose another --out.", isBadPlace: true);
        }

        if (!_overwrites && File.Exists(path))
        {
            throw new OutputException($"{path} exists and is not overwritten. Choose another --out, or pass --force.", isBadPlace: true);
        }
    }
}
