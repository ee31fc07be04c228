using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class ContractsRangeTests
{
    [Theory]
    [InlineData("0.1", "0.1.0.0", true)]
    [InlineData("0.1", "0.2.0.0", false)]
    [InlineData("0.2", "0.1.0.0", false)]
    [InlineData("0.1", "1.1.0.0", false)]
    [InlineData("^1.2", "1.2.0.0", true)]
    [InlineData("^1.2", "1.3.0.0", true)]
    [InlineData("^1.2", "1.1.0.0", false)]
    [InlineData("^1.2", "2.2.0.0", false)]
    [InlineData("^2.0", "1.9.0.0", false)]
    public void Allows_FollowsTheRuleOfVersions(string range, string host, bool expected) =>
        ContractsRange.TryParse(range)!.Allows(Version.Parse(host)).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("^0.1")]
    [InlineData("^1.2.3")]
    [InlineData("0.-1")]
    [InlineData(" 0.1")]
    [InlineData("*")]
    public void TryParse_NoRange_IsNull(string text) => ContractsRange.TryParse(text).Should().BeNull();

    [Theory]
    [InlineData("0.1")]
    [InlineData("^3.14")]
    public void ToString_GivesWhatWasRead(string text) => ContractsRange.TryParse(text)!.ToString().Should().Be(text);
}
