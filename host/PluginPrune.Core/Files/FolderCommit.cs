using System.Text;

namespace PluginPrune.Core.Files;

/// <summary>
/// Gives the files of an output folder their names, all or none. What is to be done is written down before, so that the next
/// host finishes it where this one is killed in the middle; until then names are missing, but never of two runs.
/// </summary>
internal static class FolderCommit
{
    private const string JournalName = OutputFolder.TemporaryPrefix + "commit.tmp";

    private const string Overwriting = "overwriting";

    /// <summary>Does it. The folder must be locked.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Temporary and final names in it.</param>
    /// <param name="overwrites">Whether final names may be taken; what bears them goes.</param>
    public static void Run(string folder, IReadOnlyList<(string Temporary, string Final)> files, bool overwrites)
    {
        string journal = Path.Combine(folder, JournalName);
        WriteJournal(journal, files, overwrites);
        var done = new Stack<(string From, string To)>();
        var old = new List<string>();
        try
        {
            foreach ((_, string final) in files.Where(file => overwrites && File.Exists(Path.Combine(folder, file.Final))))
            {
                string aside = OutputFolder.TemporaryName($"old{old.Count}");
                Move(final, aside);
                old.Add(aside);
            }

            foreach ((string temporary, string final) in files)
            {
                Move(temporary, final);
            }
        }
        catch
        {
            while (done.TryPop(out (string From, string To) step))
            {
                File.Move(step.To, step.From);
            }

            OutputFolder.TryDelete(journal);
            throw;
        }

        // The work is done; what cannot be removed now is removed by the next host.
        foreach (string aside in old)
        {
            OutputFolder.TryDelete(Path.Combine(folder, aside));
        }

        OutputFolder.TryDelete(journal);

        void Move(string from, string to)
        {
            (string From, string To) step = (Path.Combine(folder, from), Path.Combine(folder, to));
            File.Move(step.From, step.To);
            done.Push(step);
        }
    }

    /// <summary>Whether a host was killed in the middle of it.</summary>
    public static bool HasJournal(string folder) => File.Exists(Path.Combine(folder, JournalName));

    /// <summary>Finishes what a host that was killed had begun, and removes what it left behind. The folder must be locked.</summary>
    public static void Recover(string folder)
    {
        string journal = Path.Combine(folder, JournalName);
        if (File.Exists(journal))
        {
            string[] names = File.ReadAllText(journal).Split('\0');
            bool overwrites = names[0] == Overwriting;
            for (int i = 1; i + 1 < names.Length; i += 2)
            {
                Finish(folder, Path.GetFileName(names[i]), Path.GetFileName(names[i + 1]), overwrites);
            }
        }

        foreach (string left in Directory.EnumerateFiles(folder, OutputFolder.TemporaryPrefix + "*.tmp").Where(static path => Path.GetFileName(path) != FolderLock.FileName))
        {
            OutputFolder.TryDelete(left);
        }
    }

    private static void Finish(string folder, string temporary, string final, bool overwrites)
    {
        (string from, string to) = (Path.Combine(folder, temporary), Path.Combine(folder, final));
        if (File.Exists(from) && (overwrites || !File.Exists(to)))
        {
            File.Move(from, to, overwrites);
        }
    }

    private static void WriteJournal(string journal, IReadOnlyList<(string Temporary, string Final)> files, bool overwrites)
    {
        // A journal that was cut off must not be taken for one.
        string temporary = Path.Combine(Path.GetDirectoryName(journal)!, OutputFolder.TemporaryName("commit"));
        string text = string.Join('\0', files.SelectMany(static file => new[] { file.Temporary, file.Final }).Prepend(overwrites ? Overwriting : string.Empty));
        File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(text));
        File.Move(temporary, journal, overwrite: true);
    }
}
