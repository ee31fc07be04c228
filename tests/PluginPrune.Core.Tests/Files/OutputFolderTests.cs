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

        act.Should().Throw<OutputException>().WithMessage("*--force*").Which.IsInTheWay.Should().BeTrue();
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

    private static void Write(Stream stream, string text)
    {
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }
}
