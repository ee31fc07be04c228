using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>
/// Keeps compiled bridges in the user's cache folder, one for each libtorch, compiler and state of the sources. What lies
/// there is complete: it is compiled under another name and renamed. Of two processes that want one, the second waits.
/// </summary>
internal sealed class BridgeCache(string folder)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The cache of this user, or null where there is no folder to keep one in.</summary>
    public static BridgeCache? OfUser()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named : Path.Combine(home, ".cache");
        if (!Path.IsPathFullyQualified(root))
        {
            return null;
        }

        string folder = Path.Combine(root, "pluginprune", "torch");
        try
        {
            Directory.CreateDirectory(folder);
            using (File.Create(Path.Combine(folder, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose))
            {
                return new BridgeCache(folder);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path of the bridge, which is compiled where it is not there yet.</summary>
    public string Get(BridgeCompiler compiler)
    {
        IReadOnlyList<(string Name, string Text)> sources = BridgeSources.Read();
        string key = string.Join('\n', [compiler.Key, .. sources.Select(static source => source.Text)]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 10));
        string library = Path.Combine(folder, $"bridge-{hash}.so");
        if (File.Exists(library))
        {
            return library;
        }

        using FileStream? turn = TakeTurn(library + ".lock");
        if (!File.Exists(library))
        {
            Build(compiler, sources, library);
        }

        return library;
    }

    private static void Build(BridgeCompiler compiler, IReadOnlyList<(string Name, string Text)> sources, string library)
    {
        DirectoryInfo work = Directory.CreateTempSubdirectory("pluginprune-bridge-");
        string unfinished = $"{library}.{Path.GetRandomFileName()}";
        try
        {
            foreach ((string name, string text) in sources)
            {
                File.WriteAllText(Path.Combine(work.FullName, name), text);
            }

            compiler.Compile(work.FullName, unfinished);
            File.Move(unfinished, library, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
            work.Delete(recursive: true);
        }
    }

    // A lock that ends with its process. Where the file system has none, both compile, and either result is good.
    private static FileStream? TakeTurn(string path)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < LongestWait)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(Pause);
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }
}
