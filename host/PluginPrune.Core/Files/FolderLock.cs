using System.Security.Cryptography;

namespace PluginPrune.Core.Files;

/// <summary>
/// Keeps other hosts out of an output folder while one writes there. The system takes the lock from whoever dies; the file that
/// then stays behind stops nobody.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = OutputFolder.TemporaryPrefix + "lock.tmp";

    // Somebody else may remove the folder, or the lock, at the very moment; not so often.
    private const int MostAttempts = 20;

    private readonly string _path;
    private readonly FileStream _file;

    private FolderLock(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Makes the folder where it is missing and locks it.</summary>
    /// <returns>The lock, or null where a living host has it.</returns>
    public static FolderLock? TryTake(string folder)
    {
        string path = Path.Combine(folder, FileName);
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            Directory.CreateDirectory(folder);
            try
            {
                FileStream file = Open(path);
                if (IsAt(path, file))
                {
                    return new FolderLock(path, file);
                }

                file.Dispose();
            }
            catch (DirectoryNotFoundException)
            {
                // Another host had made the folder for nothing and removed it.
            }
            catch (IOException error) when (IsHeld(error))
            {
                return null;
            }
        }

        return null;
    }

    public void Dispose()
    {
        // Removed before it is let go: who opens it from now on makes a new one.
        if (!OperatingSystem.IsWindows())
        {
            OutputFolder.TryDelete(_path);
        }

        _file.Dispose();
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = 0,
        Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
    });

    // Between opening and locking, the holder before may have removed what was opened, and a third host made another. The
    // length tells them apart; Windows lets nobody remove an open file.
    private static bool IsAt(string path, FileStream file)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        int mark = RandomNumberGenerator.GetInt32(1, 1 << 10);
        file.SetLength(mark);
        var there = new FileInfo(path);
        return there.Exists && there.Length == mark;
    }

    // EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
