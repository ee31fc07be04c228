using System.Diagnostics;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>The torch engine in hosts of their own: without a libtorch, and two that want its bridge at one time.</summary>
public sealed class TorchEngineHostTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Where_LIBTORCH_names_an_empty_folder_one_line_says_what_to_do_and_all_else_is_well()
    {
        string empty = Directory.CreateDirectory(_work["empty"]).FullName;
        _work.Environment["LIBTORCH"] = empty;

        HostResult doctor = _work.Run("plugin", "doctor").ShouldSucceed();

        doctor.Output.Should().MatchRegex(@"\d+ plugins, 0 with faults\.");
        doctor.Output.Split('\n').Should().ContainSingle(static line => line.Contains("LIBTORCH", StringComparison.Ordinal))
            .Which.Should().Contain(empty).And.Contain("apt-get install --no-install-recommends libtorch-dev libopenblas0 g++");
    }

    [LibtorchFact]
    public void Two_hosts_that_build_the_bridge_at_one_time_both_have_it()
    {
        string cache = Directory.CreateDirectory(_work["cache"]).FullName;
        _work.Environment["XDG_CACHE_HOME"] = cache;

        Process[] hosts = [_work.Start("plugin", "doctor"), _work.Start("plugin", "doctor"), _work.Start("plugin", "doctor")];
        HostResult[] results = [.. hosts.Select(Workplace.Finish)];

        results.Should().OnlyContain(static result => result.ExitCode == 0 && result.Output.Contains("engine torch: libtorch ", StringComparison.Ordinal));
        Directory.GetFiles(cache, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Should().ContainSingle("it is built once, and nothing unfinished is left").Which.Should().EndWith(".so");
    }

    [LibtorchFact]
    public void Where_nothing_can_be_kept_the_bridge_is_built_for_the_run()
    {
        _work.Environment["XDG_CACHE_HOME"] = _work.Write("file", "no folder");

        _work.Run("plugin", "doctor").ShouldSucceed().Output.Should().Contain("engine torch: libtorch ");
    }
}
