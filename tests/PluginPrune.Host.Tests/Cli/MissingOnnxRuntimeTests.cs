namespace PluginPrune.Host.Tests.Cli;

/// <summary>Without ONNX Runtime everything else works, and one line says how to get it.</summary>
public sealed class MissingOnnxRuntimeTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_folder_without_the_library_is_named()
    {
        _work.Environment["ORT_HOME"] = _work.Folder;

        _work.Run("prune", "--criterion", "slim", "--engine", "onnxruntime", "--out", "o")
            .ShouldFail(1, $"error: ORT_HOME names {_work.Folder}, where there is no *onnxruntime*; let it name the library or the folder that holds it.");

        _work.Entries.Should().BeEmpty();
    }

    [Fact]
    public void A_file_that_is_no_library_is_named()
    {
        _work.Environment["ORT_HOME"] = _work.Write("libonnxruntime.so.1", "no library");

        _work.Run("prune", "--criterion", "slim", "--engine", "onnxruntime", "--out", "o").ShouldFail(1, "error: *libonnxruntime.so.1 cannot be loaded: *");
    }

    [Fact]
    public void The_doctor_tells_of_it_and_finds_no_fault()
    {
        _work.Environment["ORT_HOME"] = _work.Folder;

        // Else the bridge to libtorch is compiled for a home that has none yet.
        _work.Environment["LIBTORCH"] = _work.Folder;

        HostResult result = _work.Run("plugin", "doctor").ShouldSucceed();

        result.Output.Should().Contain("engine onnxruntime is not available: ").And.Contain("ORT_HOME names").And.Contain(", 0 with faults.");
    }
}
