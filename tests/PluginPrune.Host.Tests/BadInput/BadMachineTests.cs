using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.BadInput;

public sealed class BadMachineTests : BadInputTests
{
    public static TheoryData<string> Names => NamesOf(MachineCases.All);

    [UnixTheory]
    [MemberData(nameof(Names))]
    public void It_is_told(string name) => Check(MachineCases.All, name);
}
