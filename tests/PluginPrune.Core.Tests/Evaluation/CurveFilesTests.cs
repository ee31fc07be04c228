using System.Xml.Linq;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Tests.Evaluation;

public sealed class CurveFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-curves-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_Curves_EachAsCsvAndOnePictureForCommonAxes()
    {
        int count = Write(
            new Curve("all classes", "recall", "precision", [0, 0.5, 1], [1, 0.75, 0.125]),
            new Curve("dog/wolf", "recall", "precision", [0, 1], [1, double.NaN]),
            new Curve("dog_wolf", "recall", "precision", [0, 1], [1, 0]),
            new Curve("all classes", "confidence", "F1", [0.25], [0.5]));

        count.Should().Be(4);
        Directory.EnumerateFiles(_folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal).Should().Equal(
            "detection-F1-over-confidence-all_classes.csv",
            "detection-F1-over-confidence.svg",
            "detection-precision-over-recall-all_classes.csv",
            "detection-precision-over-recall-dog_wolf-2.csv",
            "detection-precision-over-recall-dog_wolf.csv",
            "detection-precision-over-recall.svg");
        File.ReadAllText(Path.Combine(_folder, "detection-precision-over-recall-all_classes.csv")).Should().Be("recall,precision\n0,1\n0.5,0.75\n1,0.125\n");
        var picture = XDocument.Load(Path.Combine(_folder, "detection-precision-over-recall.svg"));
        picture.Descendants().Count(static element => element.Name.LocalName == "path").Should().Be(2);
        picture.Descendants().Count(static element => element.Name.LocalName == "rect" && (double)element.Attribute("width")! == 5).Should().Be(1, "of a curve with one point a dot is to be seen");
        picture.Descendants().Select(static element => element.Value).Should().Contain(["recall", "precision", "dog/wolf", "net: precision over recall"]);
    }

    [Fact]
    public void Write_NoCurves_WritesNothing()
    {
        Write().Should().Be(0);

        Directory.EnumerateFiles(_folder).Should().BeEmpty();
    }

    private int Write(params Curve[] curves)
    {
        using var folder = new OutputFolder(_folder, "curves", overwrites: false);
        int count = CurveFiles.Write(
            new EvaluationReport(["net"], [new EvaluationSection("detection", [new EvaluationResult([]) { Curves = [.. curves] }])]), folder);
        folder.Commit();
        return count;
    }
}
