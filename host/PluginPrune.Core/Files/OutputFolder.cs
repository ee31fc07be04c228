using PluginPrune.Contracts.Formats;

namespace PluginPrune.Core.Files;

/// <summary>
/// A folder that receives files all at once: each is written under a temporary name, and only <see cref="Commit"/> gives them
/// their own. Whatever happens before, no half-written file bears a real name, and nothing is overwritten unasked.
/// </summary>
public sealed class OutputFolder : IModelSink, IDisposable
{
    private readonly string _stem;
    private readonly bool _overwrites;
    private readonly bool _isNew;
    private readonly List<(string Temporary, string Final)> _files = [];

    /// <summary>Prepares a folder.</summary>
    /// <param name="path">Made where it does not exist.</param>
    /// <param name="stem">The name of the model's files, without their extensions.</param>
    /// <param name="overwrites">Whether files that exist are replaced.</param>
    /// <exception cref="OutputException">The path is a file, or the folder cannot be made.</exception>
    public OutputFolder(string path, string stem, bool overwrites)
    {
        FullPath = Path.GetFullPath(path);
        _stem = stem;
        _overwrites = overwrites;
        if (File.Exists(FullPath))
        {
            throw new OutputException($"{FullPath} is a file; --out takes a folder.", isInTheWay: true);
        }

        _isNew = !Directory.Exists(FullPath);
        try
        {
            Directory.CreateDirectory(FullPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"The folder {FullPath} cannot be made: {error.Message}", isInTheWay: false);
        }
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The names of the files begun so far, in order.</summary>
    public IEnumerable<string> Names => _files.Select(static file => Path.GetFileName(file.Final));

    /// <summary>Refuses names that are taken, before any work is done for them.</summary>
    /// <param name="names">File names in the folder.</param>
    /// <exception cref="OutputException">One exists and must not be overwritten.</exception>
    public void Reserve(params IEnumerable<string> names)
    {
        foreach (string name in names.Where(_ => !_overwrites))
        {
            RefuseToOverwrite(Path.Combine(FullPath, name));
        }
    }

    /// <inheritdoc />
    public Stream Create(string extension) => CreateFile(_stem + extension);

    /// <summary>Begins a file.</summary>
    /// <param name="name">Its name in the folder.</param>
    /// <exception cref="OutputException">It exists and must not be overwritten, or cannot be written.</exception>
    public Stream CreateFile(string name)
    {
        string final = Path.Combine(FullPath, name);
        if (!_overwrites)
        {
            RefuseToOverwrite(final);
        }

        string temporary = Path.Combine(FullPath, $".{name}.{Environment.ProcessId}.tmp");
        try
        {
            var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            _files.Add((temporary, final));
            return stream;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new OutputException($"{final} cannot be written: {error.Message}", isInTheWay: false);
        }
    }

    /// <summary>Gives all files their names; they must be closed.</summary>
    /// <exception cref="OutputException">A file appeared in the meantime and must not be overwritten.</exception>
    public void Commit()
    {
        foreach ((string temporary, string final) in _files)
        {
            try
            {
                File.Move(temporary, final, _overwrites);
            }
            catch (IOException) when (!_overwrites && File.Exists(final))
            {
                RefuseToOverwrite(final);
            }
        }

        _files.Clear();
    }

    /// <summary>Removes what was not committed, and the folder where it was made for nothing.</summary>
    public void Dispose()
    {
        foreach ((string temporary, _) in _files)
        {
            File.Delete(temporary);
        }

        if (_isNew && Directory.Exists(FullPath) && !Directory.EnumerateFileSystemEntries(FullPath).Any())
        {
            Directory.Delete(FullPath);
        }
    }

    private static void RefuseToOverwrite(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new OutputException($"{path} exists and is not overwritten. Choose another --out, or pass --force.", isInTheWay: true);
        }
    }
}
