using System.Reflection;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class DiagnosticCatalogTests
{
    [Fact]
    public void Codes_AreTheConstants_EachOnceAndWithATitle()
    {
        string[] constants = [.. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)];

        constants.Should().OnlyHaveUniqueItems().And.OnlyContain(code => code.Length == 6 && code.StartsWith("PP0", StringComparison.Ordinal));
        DiagnosticCatalog.Codes.Should().BeInAscendingOrder(StringComparer.Ordinal).And.BeEquivalentTo(constants);
        DiagnosticCatalog.Codes.Select(DiagnosticCatalog.TitleOf).Should().OnlyHaveUniqueItems().And.OnlyContain(title => title.Length > 5);
    }

    [Fact]
    public void ToString_NamesCodePluginCauseRemedyAndPlace()
    {
        var diagnostic = new PluginDiagnostic("PP0005", DiagnosticSeverity.Error, "acme.x", "/p/plugin.json", "It is odd.", "Mend it.") { Line = 3 };

        diagnostic.ToString().Should().Be("PP0005 acme.x: It is odd. Mend it. (/p/plugin.json, line 3)");
    }

    [Fact]
    public void TitleOf_NoCode_Throws() => FluentActions.Invoking(() => DiagnosticCatalog.TitleOf("PP9999")).Should().Throw<ArgumentException>();
}
