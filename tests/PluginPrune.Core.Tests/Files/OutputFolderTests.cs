using PluginPrune.Core.Files;

namespace PluginPrune.Core.Tests.Files;

public sealed class OutputFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pluginprune-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Commit_AfterWriting_GivesTheFilesTheirNames()
    {
        string path = Path.Combine(_root, "deep", "out");
        using (var folder = new OutputFolder(path, "net", overwrites: false))
        {
            Write(folder.Create(".cfg"), "a");
            Write(folder.CreateFile("plan.json"), "b");
            File.Exists(Path.Combine(path, "net.cfg")).Should().BeFalse("nothing has its name before the commit");
            folder.Commit();
        }

        Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Should().BeEquivalentTo("net.cfg", "plan.json");
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        string path = Path.Combine(_root, "out");
        using (var folder = new OutputFolder(path, "net", overwrites: false))
        {
            Write(folder.Create(".cfg"), "a");
        }

        Directory.Exists(path).Should().BeFalse();
    }

    [Fact]
    public void Create_NameThatIsTaken_IsRefusedAndKept()
    {
        File.WriteAllText(Path.Combine(_root, "net.cfg"), "mine");
        using var folder = new OutputFolder(_root, "net", overwrites: false);

        Action act = () => folder.Create(".cfg");

        act.Should().Throw<OutputException>().WithMessage("*--force*").Which.IsBadPlace.Should().BeTrue();
        File.ReadAllText(Path.Combine(_root, "net.cfg")).Should().Be("mine");
    }

    [Fact]
    public void Commit_FileThatAppearedMeanwhile_IsNotOverwritten()
    {
        using var folder = new OutputFolder(_root, "net", overwrites: false);
        Write(folder.Create(".cfg"), "a");
        File.WriteAllText(Path.Combine(_root, "net.cfg"), "mine");

        Action act = folder.Commit;

        act.Should().Throw<OutputException>();
        File.ReadAllText(Path.Combine(_root, "net.cfg")).Should().Be("mine");
    }

    [Fact]
    public void Commit_Overwriting_Replaces()
    {
        File.WriteAllText(Path.Combine(_root, "net.cfg"), "old");
        using var folder = new OutputFolder(_root, "net", overwrites: true);
        Write(folder.Create(".cfg"), "new");

        folder.Commit();

        File.ReadAllText(Path.Combine(_root, "net.cfg")).Should().Be("new");
    }

    [Fact]
    public void Constructor_PathOfAFile_IsRefused()
    {
        string file = Path.Combine(_root, "file");
        File.WriteAllText(file, "mine");

        Action act = () => _ = new OutputFolder(file, "net", overwrites: true);

        act.Should().Throw<OutputException>().WithMessage("*is a file*");
    }

    [Fact]
    public void Constructor_WhileAnotherWritesThere_IsRefusedAndNoLonger()
    {
        string path = Path.Combine(_root, "out");
        using (var first = new OutputFolder(path, "net", overwrites: true))
        {
            Write(first.Create(".cfg"), "first");
            Action act = () => _ = new OutputFolder(path, "net", overwrites: true);

            act.Should().Throw<OutputException>().WithMessage("*Another run*").Which.IsBadPlace.Should().BeFalse();

            first.Commit();
        }

        new OutputFolder(path, "net", overwrites: true).Dispose();
        Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Should().Equal("net.cfg");
    }

    [Fact]
    public void Constructor_PathTheSystemCannotHave_IsTheUsersToChange()
    {
        string path = Path.Combine(_root, new string('x', 300));

        Action act = () => _ = new OutputFolder(path, "net", overwrites: false);

        act.Should().Throw<OutputException>().WithMessage("*takes no path as long as*shorter*").Which.IsBadPlace.Should().BeTrue();
    }

    [Fact]
    public void MakeNumbered_PlacesThatAreTaken_PassesThemOver()
    {
        string path = Path.Combine(_root, "runs", "net");
        Directory.CreateDirectory(path + "-1");
        File.WriteAllText(path + "-2", "a file");

        using var folder = OutputFolder.MakeNumbered(path, "net");

        folder.FullPath.Should().Be(path + "-3");
    }

    [Fact]
    public async Task MakeNumbered_ByManyAtOnce_GivesEachItsOwn()
    {
        string path = Path.Combine(_root, "runs", "net");
        using var start = new Barrier(8);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(Make, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Directory.GetFiles(Path.Combine(_root, "runs"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file))
            .Should().BeEquivalentTo(Enumerable.Range(1, 40).Select(static number => Path.Combine("..", FormattableString.Invariant($"net-{number}"), "net.cfg")));

        void Make()
        {
            // Some leave at once, so that others meet folders that are free again and full.
            for (int round = 0; round < 5; round++)
            {
                start.SignalAndWait();
                using var folder = OutputFolder.MakeNumbered(path, "net");
                Write(folder.Create(".cfg"), "x");
                folder.Commit();
            }
        }
    }

    [Fact]
    public void Constructor_AfterAHostThatWasKilled_RemovesWhatItLeft()
    {
        foreach (string left in new[] { ".pluginprune-lock.tmp", ".pluginprune-99-0.tmp", ".pluginprune-99-old0.tmp", ".mine.tmp", "mine.tmp" })
        {
            File.WriteAllText(Path.Combine(_root, left), "x");
        }

        new OutputFolder(_root, "net", overwrites: false).Dispose();

        Directory.GetFileSystemEntries(_root).Select(Path.GetFileName).Should().BeEquivalentTo(".mine.tmp", "mine.tmp");
    }

    [Theory]
    [InlineData("overwriting", "a:new b:new")]
    [InlineData("", "a:new b:old")]
    public void Constructor_AfterAHostThatWasKilledInItsCommit_FinishesIt(string mode, string expected)
    {
        File.WriteAllText(Path.Combine(_root, "a"), "new");
        File.WriteAllText(Path.Combine(_root, "b"), "old");
        File.WriteAllText(Path.Combine(_root, ".pluginprune-99-1.tmp"), "new");
        File.WriteAllText(Path.Combine(_root, ".pluginprune-commit.tmp"), string.Join('\0', mode, ".pluginprune-99-0.tmp", "a", ".pluginprune-99-1.tmp", "b"));

        new OutputFolder(_root, "net", overwrites: true).Dispose();

        Directory.GetFiles(_root).Order(StringComparer.Ordinal).Select(static file => $"{Path.GetFileName(file)}:{File.ReadAllText(file)}").Should().Equal(expected.Split(' '));
    }

    [Fact]
    public void Commit_ThatCannotBeFinished_IsUndone()
    {
        File.WriteAllText(Path.Combine(_root, "net.cfg"), "old");
        File.WriteAllText(Path.Combine(_root, "net.weights"), "old");
        using (var folder = new OutputFolder(_root, "net", overwrites: true))
        {
            Write(folder.Create(".cfg"), "new");
            Write(folder.Create(".weights"), "new");
            File.Delete(Directory.GetFiles(_root, ".pluginprune-*-1.tmp").Single());

            Action act = folder.Commit;

            act.Should().Throw<OutputException>().WithMessage($"*{_root}*");
        }

        Directory.GetFiles(_root).Select(static file => $"{Path.GetFileName(file)}:{File.ReadAllText(file)}").Should().BeEquivalentTo("net.cfg:old", "net.weights:old");
    }

    [Fact]
    public void Commit_OfManyAtOnce_NeverMixesTwo()
    {
        string path = Path.Combine(_root, "out");
        int written = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, run =>
        {
            try
            {
                using var folder = new OutputFolder(path, "net", overwrites: true);
                Write(folder.Create(".cfg"), $"{run}");
                Write(folder.Create(".weights"), $"{run}");
                folder.Commit();
                File.ReadAllText(Path.Combine(path, "net.cfg")).Should().Be($"{run}");
                File.ReadAllText(Path.Combine(path, "net.weights")).Should().Be($"{run}");
                Interlocked.Increment(ref written);
            }
            catch (OutputException error)
            {
                error.Message.Should().Contain("Another run");
            }
        });

        written.Should().BePositive();
        Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Should().BeEquivalentTo("net.cfg", "net.weights");
    }

    [Fact]
    public void Create_NameOfAFolder_IsRefusedEvenWhereOverwritingIsAllowed()
    {
        Directory.CreateDirectory(Path.Combine(_root, "net.cfg"));
        using var folder = new OutputFolder(_root, "net", overwrites: true);

        Action act = () => folder.Create(".cfg");

        act.Should().Throw<OutputException>().WithMessage("*net.cfg is a folder*").Which.IsBadPlace.Should().BeTrue();
    }

    private static void Write(Stream stream, string text)
    {
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
