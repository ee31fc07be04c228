using System.Diagnostics;
using System.Security.Cryptography;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>A folder to run the host in, with an environment that says nothing: no variables, an empty data folder.</summary>
internal sealed class Workplace : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string Cache = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "cache")).FullName;

    private readonly string _parent = Directory.CreateTempSubdirectory("pluginprune-cli-").FullName;

    public Workplace()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_parent, "work")).FullName;
        Data = Directory.CreateDirectory(Path.Combine(_parent, "data")).FullName;
    }

    /// <summary>The current folder of every run.</summary>
    public string Folder { get; }

    /// <summary>XDG_DATA_HOME of every run.</summary>
    public string Data { get; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything in the folder, sorted, with '/' behind folders.</summary>
    public string[] Entries =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path) + (Directory.Exists(path) ? "/" : string.Empty))
            .Order(StringComparer.Ordinal),
    ];

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>A folder of plugins outside of the current one, with copies of fixtures.</summary>
    public string Plugins(params string[] fixtures)
    {
        string root = Path.Combine(_parent, "stranger");
        foreach (string fixture in fixtures)
        {
            HostInstallation.Copy(Path.Combine(AppContext.BaseDirectory, "fixtures", "Fixtures." + fixture), Path.Combine(root, fixture));
        }

        return root;
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>The hashes of all files in a folder by name.</summary>
    public Dictionary<string, string> Hashes(string folder) => Directory.EnumerateFiles(this[folder])
        .ToDictionary(static file => Path.GetFileName(file), static file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);

    public HostResult Run(params string[] args) => Finish(Start(args));

    /// <summary>Whether pruning the sample measures it, as it does unasked. It costs a second or more and is left out where a test is about other things.</summary>
    public bool Measures { get; init; }

    public Process Start(params string[] args) => StartProgram(HostInstallation.Dotnet, [HostInstallation.Program, .. Unmeasured(args)]);

    public Process StartProgram(string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = System.Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Data;
        start.Environment["XDG_DATA_HOME"] = Data;

        // What takes long to make and is the same for all, such as the bridge to libtorch, is made once.
        start.Environment.TryAdd("XDG_CACHE_HOME", Cache);
        return Process.Start(start)!;
    }

    private string[] Unmeasured(string[] args)
    {
        string[] saying = ["--help", "-h", "-?", "--data", "--measure", "--no-measure", "--to-ms", "--max-drop"];
        int command = Array.IndexOf(args, "prune");
        return Measures || command < 0 || args.Any(saying.Contains) ? args : [.. args[..(command + 1)], "--no-measure", .. args[(command + 1)..]];
    }

    /// <summary>Waits for the end of a process and reads what it said.</summary>
    public static HostResult Finish(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The host still ran after {Patience}. It said: {error.GetAwaiter().GetResult()}");
            }

            return new HostResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
    }

    /// <summary>Replaces what differs from machine to machine.</summary>
    public string Neutral(string text) => text
        .Replace(HostInstallation.Folder, "{host}", StringComparison.Ordinal)
        .Replace(Folder, "{work}", StringComparison.Ordinal)
        .Replace(_parent, "{temp}", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
