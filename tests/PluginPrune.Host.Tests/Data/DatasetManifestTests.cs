using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PluginPrune.Core.Plugins;
using PluginPrune.Host.Tests.Plugins;

namespace PluginPrune.Host.Tests.Data;

/// <summary>What the manifest of a dataset's plugin may say.</summary>
public sealed class DatasetManifestTests
{
    [Fact]
    public void Extensions_and_markers_are_read()
    {
        ManifestReading reading = Read([".set"], ["labels", "annotations/*.json"]);

        reading.Diagnostics.Should().BeEmpty();
        ContributionInfo info = reading.Manifest!.Contributions.Single();
        info.Extensions.Should().Equal(".set");
        info.Markers.Should().Equal("labels", "annotations/*.json");
    }

    [Theory]
    [InlineData("../labels")]
    [InlineData("/labels")]
    [InlineData("labels\\a")]
    [InlineData("")]
    public void A_marker_that_leads_elsewhere_is_refused(string marker) =>
        Read([], [marker]).Diagnostics.Should().ContainSingle().Which.Message.Should().Contain("markers");

    private static ManifestReading Read(string[] extensions, string[] markers)
    {
        JsonObject manifest = PluginSandbox.Manifest("Entry");
        manifest["contributes"] = new JsonObject
        {
            ["datasets"] = new JsonArray(new JsonObject
            {
                ["name"] = "set",
                ["summary"] = "Reads sets",
                ["extensions"] = JsonSerializer.SerializeToNode(extensions),
                ["markers"] = JsonSerializer.SerializeToNode(markers),
            }),
        };
        return ManifestReader.Parse(Encoding.UTF8.GetBytes(manifest.ToJsonString()), "plugin.json");
    }
}
