namespace PluginPrune.Host.Tests.BadInput;

public sealed class BadCfgTests : BadInputTests
{
    public static TheoryData<string> Names => NamesOf(CfgCases.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused(string name) => Check(CfgCases.All, name);
}
