namespace PluginPrune.Host.Tests.BadInput;

public sealed class BadWeightsTests : BadInputTests
{
    public static TheoryData<string> Names => NamesOf(WeightsCases.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void They_are_refused(string name) => Check(WeightsCases.All, name);
}
