using System.Diagnostics;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>Where an output cannot be written, the host says so in one line and cleans up.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [SmallDiskTheory]
    [InlineData(64)]
    [InlineData(1024)]
    public void Where_the_disk_is_full_nothing_is_left(int kilobytes)
    {
        Directory.CreateDirectory(_work["disk"]);

        HostResult result = OnSmallDisk(kilobytes, "ls -A disk");

        result.ShouldFail(1, "error: *disk/small*No space left*");
    }

    [SmallDiskTheory]
    [InlineData(64)]
    public void Where_the_disk_is_full_what_is_to_be_replaced_stays(int kilobytes)
    {
        Directory.CreateDirectory(_work["disk"]);
        _work.Write("plan.json", "mine\n");

        HostResult result = OnSmallDisk(kilobytes, "ls -A disk disk/small; cat disk/small/plan.json", "mkdir disk/small; cp plan.json disk/small;", "--force");

        result.ExitCode.Should().Be(1);
        result.ErrorLines.Should().ContainSingle();
        result.Output.Should().Be("disk:\nsmall\n\ndisk/small:\nplan.json\nmine\n");
    }

    [SmallDiskTheory]
    [InlineData(16384)]
    public void Where_there_is_room_the_same_command_works(int kilobytes)
    {
        // Without this the failures above might be of something else.
        Directory.CreateDirectory(_work["disk"]);

        HostResult result = OnSmallDisk(kilobytes, "ls -A disk/small");

        result.ShouldSucceed().Output.Should().EndWith("plan.json\nreport.json\nsample.cfg\nsample.weights\n");
    }

    [UnixTheory]
    [InlineData(128)]
    [InlineData(1024)]
    public void Where_a_file_may_not_grow_nothing_is_left(int kilobytes)
    {
        // The signal that says so ignored, it reads as an error. The runtime maps its code through a file above the limit.
        _work.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        HostResult result = Workplace.Finish(_work.StartProgram(
            "bash", ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"", HostInstallation.Dotnet, HostInstallation.Program, .. Prune("small")]));

        result.ShouldFail(1, "error: *small/sample.weights*longer than a limit*");
        _work.Entries.Should().BeEmpty();
    }

    [ReadOnlyFolderFact]
    public void A_folder_that_is_read_only_is_named()
    {
        Directory.CreateDirectory(_work["shut"]);
        using (Process chmod = _work.StartProgram("chmod", ["a-w", _work["shut"]]))
        {
            chmod.WaitForExit();
        }

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "shut").ShouldFail(1, "error: *shut*");
        _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "shut/small").ShouldFail(1, "error: *shut*");

        _work.Entries.Should().Equal("shut/");
    }

    [UnixFact]
    public void A_folder_below_a_file_cannot_be_made()
    {
        _work.Write("file", "mine");

        _work.Run("prune", "--criterion", "slim", "--no-verify", "--out", "file/small").ShouldFail(2, "error: */file is a file; --out takes a folder.");

        _work.Entries.Should().Equal("file");
    }

    [UnixFact]
    public void A_device_that_is_full_is_told_of_where_results_go()
    {
        HostResult result = Workplace.Finish(_work.StartProgram("bash", ["-c", "exec \"$0\" \"$@\" > /dev/full", HostInstallation.Dotnet, HostInstallation.Program, "plugin", "list"]));

        result.ShouldFail(1);
    }

    private static string[] Prune(string folder) =>
        ["prune", "--criterion", "normal", "--percent", "0.1", "--no-verify", "--out", folder];

    /// <summary>Runs the host on a file system of a given size that nobody else sees, and then a command that looks at it.</summary>
    private HostResult OnSmallDisk(int kilobytes, string look, string before = "", params string[] args) => Workplace.Finish(_work.StartProgram(
        "unshare",
        [
            .. SmallDiskTheoryAttribute.Unshare, "bash", "-c",
            $"mount -t tmpfs -o size={kilobytes}k tmpfs disk && {{ {before} \"$0\" \"$@\"; code=$?; {look}; exit $code; }}",
            HostInstallation.Dotnet, HostInstallation.Program, .. Prune("disk/small"), .. args,
        ]));
}
