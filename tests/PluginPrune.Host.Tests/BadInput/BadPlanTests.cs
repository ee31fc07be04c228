namespace PluginPrune.Host.Tests.BadInput;

public sealed class BadPlanTests : BadInputTests
{
    public static TheoryData<string> Names => NamesOf(PlanCases.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused(string name) => Check(PlanCases.All, name);
}
