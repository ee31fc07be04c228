using System.Text;
using System.Text.Json.Nodes;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class ManifestReaderTests
{
    private const string Good = """
        {
          "manifestVersion": 1,
          "id": "acme.taylor",
          "version": "1.2.0",
          "description": "First order",
          "license": "MIT",
          "contracts": "0.1",
          "entry": { "assembly": "Acme.dll", "type": "Acme.Entry" },
          "contributes": {
            "criteria": [
              {
                "name": "taylor",
                "summary": "Scores by gradients",
                "options": {
                  "rate": { "type": "number", "default": 0.5, "min": 0, "max": 1, "aliases": ["r"], "description": "How much" },
                  "steps": { "type": "integer", "default": 1, "description": "How often" },
                  "how": { "type": "string", "default": "fast", "enum": ["fast", "slow"], "description": "How" },
                  "deep": { "type": "boolean", "default": true, "description": "Whether" },
                  "file": { "type": "string", "names": "criteria", "description": "Upon what" }
                }
              }
            ],
            "formats": [ { "name": "text", "summary": "Reads text", "extensions": [".txt"] } ]
          },
          "capabilities": ["network"]
        }
        """;

    [Fact]
    public void Parse_AGoodManifest_GivesAllOfIt()
    {
        ManifestReading reading = Read(Good);

        reading.Diagnostics.Should().BeEmpty();
        PluginManifest manifest = reading.Manifest!;
        manifest.Id.Should().Be("acme.taylor");
        manifest.Version.Text.Should().Be("1.2.0");
        manifest.License.Should().Be("MIT");
        manifest.Contracts.Should().Be(new ContractsRange(0, 1));
        manifest.EntryAssembly.Should().Be("Acme.dll");
        manifest.EntryType.Should().Be("Acme.Entry");
        manifest.Capabilities.Should().Equal("network");
        manifest.Contributions.Select(info => (info.Kind, info.FullName)).Should().Equal(
            (ContributionKind.Criterion, "acme.taylor/taylor"), (ContributionKind.Format, "acme.taylor/text"));
        manifest.Contributions[1].Extensions.Should().Equal(".txt");
        manifest.Contributions[0].Options.Select(option => (option.Name, option.Type, option.Default)).Should().Equal(
            ("rate", OptionType.Number, "0.5"),
            ("steps", OptionType.Integer, "1"),
            ("how", OptionType.Choice, "fast"),
            ("deep", OptionType.Boolean, "true"),
            ("file", OptionType.Text, null));
        manifest.Contributions[0].Options.Select(option => option.Names).Should().Equal(null, null, null, null, ContributionKind.Criterion);
        OptionDescriptor rate = manifest.Contributions[0].Options[0];
        (rate.Minimum, rate.Maximum).Should().Be((0, 1));
        rate.Aliases.Should().Equal("r");
        manifest.Contributions[0].Options[2].Choices.Should().Equal("fast", "slow");
    }

    [Theory]
    [InlineData("\"id\": \"acme.taylor\"", "\"id\": \"Acme\"", "PP0005", "$.id", 3)]
    [InlineData("\"id\": \"acme.taylor\"", "\"id\": 7", "PP0004", "$.id", 3)]
    [InlineData("\"id\": \"acme.taylor\",", "", "PP0003", "$", 1)]
    [InlineData("\"manifestVersion\": 1,", "", "PP0003", "$", 1)]
    [InlineData("\"manifestVersion\": 1", "\"manifestVersion\": 2", "PP0007", "$.manifestVersion", 2)]
    [InlineData("\"manifestVersion\": 1", "\"manifestVersion\": \"1\"", "PP0004", "$.manifestVersion", 2)]
    [InlineData("\"1.2.0\"", "\"1.2\"", "PP0005", "$.version", 4)]
    [InlineData("\"1.2.0\"", "\"1.02.0\"", "PP0005", "$.version", 4)]
    [InlineData("\"First order\"", "\"  \"", "PP0005", "$.description", 5)]
    [InlineData("\"contracts\": \"0.1\"", "\"contracts\": \"^0.1\"", "PP0005", "$.contracts", 7)]
    [InlineData("\"contracts\": \"0.1\"", "\"contracts\": \"*\"", "PP0005", "$.contracts", 7)]
    [InlineData("{ \"assembly\": \"Acme.dll\", \"type\": \"Acme.Entry\" }", "\"Acme.dll\"", "PP0004", "$.entry", 8)]
    [InlineData(", \"type\": \"Acme.Entry\"", "", "PP0003", "$.entry", 8)]
    [InlineData("Acme.dll", "../Acme.dll", "PP0304", "$.entry.assembly", 8)]
    [InlineData("Acme.dll", "/etc/Acme.dll", "PP0304", "$.entry.assembly", 8)]
    [InlineData("Acme.dll", "a/../../Acme.dll", "PP0304", "$.entry.assembly", 8)]
    [InlineData("Acme.dll", ".", "PP0304", "$.entry.assembly", 8)]
    [InlineData("\"name\": \"taylor\"", "\"name\": \"Taylor\"", "PP0005", "$.contributes.criteria[0].name", 12)]
    [InlineData("\"name\": \"taylor\",", "", "PP0003", "$.contributes.criteria[0]", 11)]
    [InlineData("[\".txt\"]", "[\"txt\"]", "PP0005", "$.contributes.formats[0].extensions", 23)]
    [InlineData("[\".txt\"]", "[1]", "PP0004", "$.contributes.formats[0].extensions[0]", 23)]
    [InlineData("\"type\": \"integer\"", "\"type\": \"int\"", "PP0005", "$.contributes.criteria[0].options.steps.type", 16)]
    [InlineData("\"default\": 0.5", "\"default\": 1.5", "PP0005", "$.contributes.criteria[0].options.rate.default", 15)]
    [InlineData("\"default\": 0.5", "\"default\": \"0.5\"", "PP0004", "$.contributes.criteria[0].options.rate.default", 15)]
    [InlineData("\"default\": 1,", "\"default\": 1.5,", "PP0005", "$.contributes.criteria[0].options.steps.default", 16)]
    [InlineData("\"default\": true", "\"default\": 1", "PP0004", "$.contributes.criteria[0].options.deep.default", 18)]
    [InlineData("\"default\": \"fast\"", "\"default\": \"quick\"", "PP0005", "$.contributes.criteria[0].options.how.default", 17)]
    [InlineData("\"min\": 0", "\"min\": \"0\"", "PP0004", "$.contributes.criteria[0].options.rate.min", 15)]
    [InlineData("\"deep\": {", "\"steps\": {", "PP0008", "$.contributes.criteria[0].options.steps", 18)]
    [InlineData("\"names\": \"criteria\"", "\"names\": \"criterion\"", "PP0005", "$.contributes.criteria[0].options.file.names", 19)]
    [InlineData("[\"r\"]", "[\"--r\"]", "PP0005", "$.contributes.criteria[0].options.rate.aliases", 15)]
    [InlineData("\"license\": \"MIT\",", "\"license\": \"MIT\", \"license\": \"MIT\",", "PP0008", "$.license", 6)]
    [InlineData("[\"network\"]", "\"network\"", "PP0004", "$.capabilities", 25)]
    public void Parse_OneFault_IsAnErrorWithItsPlace(string found, string replacement, string code, string path, int line)
    {
        Good.Should().Contain(found);

        ManifestReading reading = Read(Good.Replace(found, replacement, StringComparison.Ordinal));

        reading.Manifest.Should().BeNull();
        PluginDiagnostic diagnostic = reading.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Code.Should().Be(code);
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Error);
        diagnostic.JsonPath.Should().Be(path);
        diagnostic.Line.Should().Be(line);
        diagnostic.Path.Should().Be("some/plugin.json");
        diagnostic.Message.Should().NotBeEmpty();
        diagnostic.Remedy.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("\"license\"", "\"licence\": \"MIT\", \"license\"", "$.licence")]
    [InlineData("\"criteria\": [", "\"sorcerers\": [], \"criteria\": [", "$.contributes.sorcerers")]
    [InlineData("\"min\": 0", "\"min\": 0, \"step\": 1", "$.contributes.criteria[0].options.rate.step")]
    [InlineData("\"summary\": \"Scores by gradients\"", "\"summary\": \"Scores by gradients\", \"extensions\": [\".x\"]", "$.contributes.criteria[0].extensions")]
    public void Parse_AnUnknownKey_IsAWarningAndTheRestIsRead(string found, string replacement, string path)
    {
        ManifestReading reading = Read(Good.Replace(found, replacement, StringComparison.Ordinal));

        reading.Manifest.Should().NotBeNull();
        PluginDiagnostic diagnostic = reading.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Code.Should().Be(DiagnosticCodes.ManifestUnknownKey);
        diagnostic.Severity.Should().Be(DiagnosticSeverity.Warning);
        diagnostic.JsonPath.Should().Be(path);
    }

    [Fact]
    public void Parse_SeveralFaults_TellsAllOfThemAndWhoseTheyAre()
    {
        string text = Good.Replace("\"1.2.0\"", "2", StringComparison.Ordinal).Replace("\"Acme.Entry\"", "null", StringComparison.Ordinal);

        ManifestReading reading = Read(text);

        reading.Diagnostics.Select(diagnostic => diagnostic.JsonPath).Should().Equal("$.version", "$.entry.type");
        reading.Diagnostics.Should().OnlyContain(diagnostic => diagnostic.PluginId == "acme.taylor");
        reading.Id.Should().Be("acme.taylor");
        reading.Names.Should().Equal((ContributionKind.Criterion, "taylor"), (ContributionKind.Format, "text"));
    }

    [Fact]
    public void Parse_OneNameTwiceInAKind_IsAnError()
    {
        JsonObject manifest = JsonNode.Parse(Good)!.AsObject();
        JsonArray criteria = manifest["contributes"]!["criteria"]!.AsArray();
        criteria.Add(criteria[0]!.DeepClone());

        ManifestReading reading = Read(manifest.ToJsonString());

        reading.Diagnostics.Should().ContainSingle().Which.JsonPath.Should().Be("$.contributes.criteria[1].name");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("// no comments\n{}")]
    [InlineData("{\"manifestVersion\": 1,}")]
    [InlineData("{\"id\": \"\\ud800\"}")]
    public void Parse_NoJson_IsOneError(string text) =>
        Read(text).Diagnostics.Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.ManifestNotJson);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Parse_JsonThatIsNoObject_IsOneError(string text) =>
        Read(text).Diagnostics.Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.ManifestWrongType);

    [Fact]
    public void Parse_BytesThatAreNoUtf8_IsOneError() =>
        ManifestReader.Parse([0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D], "x").Diagnostics
            .Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.ManifestNotJson);

    [Fact]
    public void Parse_NestedWithoutEnd_IsOneError() =>
        Read(new string('[', 100_000)).Diagnostics.Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.ManifestNotJson);

    [Fact]
    public void Parse_SyntaxFault_TellsTheLine() =>
        Read(Good.Replace("\"MIT\",", "\"MIT\"", StringComparison.Ordinal)).Diagnostics.Should().ContainSingle().Which.Line.Should().Be(7);

    [Fact]
    public void Parse_AByteOrderMark_IsSkipped() => Read("\uFEFF" + Good).Manifest.Should().NotBeNull();

    [Fact]
    public void Read_AHugeFile_IsRefusedWithoutReadingIt()
    {
        using var sandbox = new PluginSandbox();
        string file = Path.Combine(sandbox.Root, "plugin.json");
        File.WriteAllText(file, Good + new string(' ', ManifestReader.MaximumBytes));

        ManifestReading reading = ManifestReader.Read(file);

        reading.Diagnostics.Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.ManifestUnreadable);
    }

    [Fact]
    public void Read_NoFile_IsOneError() =>
        ManifestReader.Read("/nowhere/plugin.json").Diagnostics.Should().ContainSingle().Which.Code.Should().Be(DiagnosticCodes.ManifestUnreadable);

    private static ManifestReading Read(string text) => ManifestReader.Parse(Encoding.UTF8.GetBytes(text), "some/plugin.json");
}
