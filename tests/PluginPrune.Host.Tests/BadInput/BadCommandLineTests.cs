namespace PluginPrune.Host.Tests.BadInput;

public sealed class BadCommandLineTests : BadInputTests
{
    public static TheoryData<string> Names => NamesOf(CommandLineCases.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused(string name) => Check(CommandLineCases.All, name);
}
