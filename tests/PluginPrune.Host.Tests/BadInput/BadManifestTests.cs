namespace PluginPrune.Host.Tests.BadInput;

public sealed class BadManifestTests : BadInputTests
{
    public static TheoryData<string> Names => NamesOf(ManifestCases.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_refused(string name) => Check(ManifestCases.All, name);
}
