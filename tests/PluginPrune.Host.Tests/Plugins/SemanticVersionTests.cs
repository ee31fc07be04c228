using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class SemanticVersionTests
{
    /// <summary>The order that the specification itself gives, with neighbours.</summary>
    private static readonly string[] Ascending =
    [
        "0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0",
    ];

    [Fact]
    public void Compare_TheOrderOfTheSpecification_Holds()
    {
        for (int i = 0; i < Ascending.Length; i++)
        {
            for (int j = 0; j < Ascending.Length; j++)
            {
                Math.Sign(SemanticVersion.Compare(Parse(Ascending[i]), Parse(Ascending[j]))).Should().Be(Math.Sign(i.CompareTo(j)), $"{Ascending[i]} and {Ascending[j]}");
            }
        }
    }

    [Fact]
    public void Compare_BuildMetadata_DoesNotCount()
    {
        Parse("1.0.0+a").Should().Be(Parse("1.0.0+b"));
        Parse("1.0.0+a").GetHashCode().Should().Be(Parse("1.0.0+b").GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3+")]
    [InlineData("v1.2.3")]
    [InlineData("1.2.-3")]
    [InlineData("1.2.99999999999")]
    public void TryParse_NoVersion_IsNull(string text) => SemanticVersion.TryParse(text).Should().BeNull();

    private static SemanticVersion Parse(string text) => SemanticVersion.TryParse(text)!;
}
