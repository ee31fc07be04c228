namespace PluginPrune.Host.Tests.Cli;

/// <summary>A test that interrupts a training: skipped, and counted as such, where nothing trains or nothing can be interrupted.</summary>
internal sealed class LibtorchInterruptFactAttribute : FactAttribute
{
    public LibtorchInterruptFactAttribute() => Skip = LibtorchFactAttribute.Reason ?? UnixTheoryAttribute.Reason;
}
