using System.Runtime.InteropServices;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Tests.Plugins;

public sealed class PluginFaultTests
{
    [Fact]
    public void A_function_that_a_native_library_lacks_is_a_fault_of_that_library()
    {
        Exception thrown = Record.Exception(static () => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "pluginprune_nobody_has_this"))!;

        PluginDiagnostic told = Of(thrown);

        told.Code.Should().Be(DiagnosticCodes.NativeLibraryMissing);
        told.Message.Should().StartWith("It calls a function that a native library lacks: ").And.Contain("pluginprune_nobody_has_this");
    }

    [Fact]
    public void A_method_that_the_runtime_does_not_find_is_no_fault_of_a_native_library()
    {
        PluginDiagnostic told = Of(new EntryPointNotFoundException("Entry point was not found."));

        told.Code.Should().Be(DiagnosticCodes.MemberMissing);
        told.ToString().Should().NotContain("native");
    }

    [Fact]
    public void A_native_library_that_is_not_there_is_told_as_such()
    {
        PluginDiagnostic told = Of(Record.Exception(static () => NativeLibrary.Load("pluginprune-nobody-has-this"))!);

        told.Code.Should().Be(DiagnosticCodes.NativeLibraryMissing);
        told.Message.Should().StartWith("It needs a native library: ");
    }

    private static PluginDiagnostic Of(Exception thrown) => PluginFault.Diagnose(thrown, "a.b", null, DiagnosticCodes.WorkThrew, "It");
}
