using System.Reflection;
using System.Text;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Cli;

namespace PluginPrune.Host.Tests.Plugins;

/// <summary>docs/plugin-diagnostics.md says what the catalogue says.</summary>
public sealed class DiagnosticPageTests
{
    private static readonly (string Prefix, string Title)[] Chapters =
    [
        ("PP00", "The manifest"),
        ("PP01", "Whether plugin and host fit"),
        ("PP03", "Loading"),
        ("PP04", "Starting up"),
        ("PP05", "Keeping the contract"),
        ("PP06", "Names, versions and options"),
    ];

    [Fact]
    public void ThePage_IsMadeFromTheCatalogue()
    {
        string folder = typeof(Expectation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "Documentation").Value!;
        string file = Path.Combine(folder, "plugin-diagnostics.md");
        string page = Write();
        if (Environment.GetEnvironmentVariable(Expectation.Variable) == "1")
        {
            File.WriteAllText(file, page);
        }

        File.ReadAllText(file).ReplaceLineEndings("\n").Should().Be(page, $"run again with {Expectation.Variable}=1 where the new text is meant");
    }

    [Fact]
    public void TheChapters_HoldEveryCode() =>
        DiagnosticCatalog.Codes.Should().OnlyContain(static code => Chapters.Any(chapter => code.StartsWith(chapter.Prefix, StringComparison.Ordinal)));

    [Fact]
    public void EveryDescription_IsWholeSentences() => DiagnosticCatalog.Codes.Select(DiagnosticCatalog.Describe).Should().OnlyContain(static description =>
        description.Cause.EndsWith('.') && description.Remedy.EndsWith('.') && !description.Title.EndsWith('.'));

    private static string Write()
    {
        var page = new StringBuilder("""
            # What can be wrong with a plugin

            Every fault of a plugin has a code that never changes its meaning. `host plugin list` shows which plugins cannot be used,
            `host plugin doctor` loads each, tries its criteria on a small network, and tells code, cause and remedy; `--json` is for
            programs. A plugin that is not asked for stops nobody. Asked for by name, its fault is the first line on standard error and
            the exit code is 3.

            A test keeps this page in step with the program.

            """).Replace("\r", string.Empty);
        foreach ((string prefix, string title) in Chapters)
        {
            page.Append('\n').Append("## ").Append(title).Append(" (").Append(prefix).Append("xx)\n");
            foreach (string code in DiagnosticCatalog.Codes.Where(code => code.StartsWith(prefix, StringComparison.Ordinal)))
            {
                DiagnosticDescription description = DiagnosticCatalog.Describe(code);
                page.Append('\n').Append("### ").Append(code).Append(": ").Append(description.Title).Append("\n\n")
                    .Append(description.Cause).Append("\n\n").Append("**What to do:** ").Append(description.Remedy).Append('\n');
            }
        }

        return page.ToString();
    }
}
