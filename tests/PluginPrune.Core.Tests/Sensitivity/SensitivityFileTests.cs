using System.Text;
using System.Xml.Linq;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Sensitivity;
using PluginPrune.Core.Tests.Inspection;

namespace PluginPrune.Core.Tests.Sensitivity;

/// <summary>sensitivity.json and the picture.</summary>
public sealed class SensitivityFileTests
{
    private readonly SensitivityDocument _document;

    public SensitivityFileTests()
    {
        Network network = GroupSelectionTests.Residual(1);
        var lone = new LoneGroupPlans(network, new GammaCriterion(0.5), GammaCriterion.Services, 0, CancellationToken.None);
        double[][] values = [[0.81, 0.795, 0.5], [0.79, 0.8, double.NaN], [0.1, 0.2, 0]];
        _document = SensitivityDocuments.Of(network, lone.Analysis.Groups.Where(static group => !group.IsLocked).Zip(
            values, static (group, curve) => (group, curve.Select((value, i) => new CurvePoint(0.3 * (i + 1), group.Size - i, value) { FlopsSaved = 0.01 * i, ParametersSaved = 1.0 / 3 }).ToArray())));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        SensitivityDocument read = SensitivityReader.Read(Json(), "s.json");

        read.File.Should().Be("s.json");
        read.Should().BeEquivalentTo(_document, static options => options.Excluding(static document => document.File)
            .Excluding(static document => document.Whole).Excluding(static document => document.Pictures).WithStrictOrdering());
        read.Groups[1].Points[2].Value.Should().Be(double.NaN);
    }

    [Fact]
    public void How_networks_were_fitted_is_read_too_and_files_from_before_tell_nothing_of_it()
    {
        using var stream = new MemoryStream();
        SensitivityJson.Write(_document with { Recalibrated = 16, Reconstructed = 64 }, stream);
        string old = Encoding.UTF8.GetString(stream.ToArray()).Replace("\"recalibrated\": 16,", string.Empty, StringComparison.Ordinal).Replace("\"reconstructed\": 64,", string.Empty, StringComparison.Ordinal);

        SensitivityReader.Read(stream.ToArray(), "s.json").Should().Match<SensitivityDocument>(static read => read.Recalibrated == 16 && read.Reconstructed == 64);
        SensitivityReader.Read(Encoding.UTF8.GetBytes(old), "s.json").Should().Match<SensitivityDocument>(static read => read.Recalibrated == 0 && read.Reconstructed == 0);
        old.Should().NotContain("recalibrated").And.NotContain("reconstructed");
    }

    [Theory]
    [InlineData("\"reconstructed\": 0", "\"reconstructed\": -1", "s.json: 'reconstructed' is no whole number. A file*")]
    [InlineData("\"sensitivityVersion\": 1", "\"sensitivityVersion\": 2", "s.json: it has version 2; this program reads version 1. A file is wanted that 'host sensitivity' wrote.")]
    [InlineData("\"sensitivityVersion\"", "\"planVersion\"", "s.json: there is no 'sensitivityVersion' in it. A file*")]
    [InlineData("\"network\": \"test\",", "", "s.json: 'network' is missing. A file*")]
    [InlineData("\"kept\": 19", "\"kept\": \"19\"", "s.json: group 'n0': 'kept' is no number. A file*")]
    [InlineData("\"kept\": 19", "\"kept\": 1.5", "s.json: group 'n0': 'kept' is no whole number. A file*")]
    [InlineData("\"rate\": 0.6,", "\"rate\": 0.2,", "s.json: group 'n0': rates must rise from point to point. A file*")]
    [InlineData("\"rate\": 0.6,", "\"rate\": 1.2,", "s.json: group 'n0': a rate is above 0 and at most 1. A file*")]
    [InlineData("\"better\": \"higher\"", "\"better\": \"neutral\"", "s.json: metric: 'better' must be higher or lower. A file*")]
    [InlineData("\"group\": \"n3\"", "\"group\": \"n0\"", "s.json: group 'n0': it stands twice. A file*")]
    [InlineData("\"value\": 0.5", "\"value\": 1e999", "s.json: group 'n0': 'value' is no finite number. A file*")]
    [InlineData("\"layer-keep\": \"0.01\"", "\"layer-keep\": \"0.01\", \"layer-keep\": \"0.02\"", "s.json: criterion: the option 'layer-keep' stands twice. A file*")]
    [InlineData("\"network\": \"test\"", "\"network\": \"\\ud800\"", "s.json: a text in it is not valid Unicode. A file*")]
    [InlineData("\"structure\": [", "\"structure\": {", "s.json, line *: this is no JSON, or it is cut off. Run 'host sensitivity' again: it goes on where it was.")]
    public void What_is_wrong_is_told(string from, string to, string message)
    {
        string text = Encoding.UTF8.GetString(Json());
        int at = text.IndexOf(from, StringComparison.Ordinal);
        at.Should().BePositive();

        Action reading = () => SensitivityReader.Read(Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]), "s.json");

        reading.Should().Throw<PlanException>().WithMessage(message);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_and_a_mark_of_their_order_is_passed_over()
    {
        byte[] json = Json();
        byte[] damaged = [.. json];
        damaged[json.AsSpan().IndexOf("\"test\""u8) + 1] = 0xFF;

        Action reading = () => SensitivityReader.Read(damaged, "s.json");

        reading.Should().Throw<PlanException>().WithMessage("s.json: a text in it is not valid Unicode.*");
        SensitivityReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. json], "s.json").Network.Should().Be(_document.Network);
    }

    [Fact]
    public void A_file_without_curves_is_refused()
    {
        using var stream = new MemoryStream();
        SensitivityJson.Write(_document with { Groups = [] }, stream);

        Action reading = () => SensitivityReader.Read(stream.ToArray(), "s.json");

        reading.Should().Throw<PlanException>().WithMessage("s.json: it has no curves. A file*");
    }

    [Fact]
    public void Wherever_a_file_is_cut_off_it_is_refused_as_bad_input()
    {
        byte[] whole = Json();
        for (int length = 0; length < whole.Length - 2; length += 7)
        {
            Action reading = () => SensitivityReader.Read(whole.AsMemory(0, length), "s.json");

            reading.Should().Throw<PlanException>("{0} bytes", length);
        }
    }

    [Fact]
    public void The_picture_has_a_cell_for_each_measurement_and_a_line_behind_what_is_allowed()
    {
        using var stream = new MemoryStream();

        new SensitivityPicture(_document with { Network = "a<b&\u0007" }, 0.01).Write(stream);

        stream.Position = 0;
        XElement svg = XDocument.Load(stream).Root!;
        string[] texts = [.. svg.Descendants().Where(static element => element.Name.LocalName == "text").Select(static element => element.Value)];
        texts.Should().Contain("What each channel group of a<b&\uFFFD can lose").And.Contain(["n0", "n3", "n10", "30 %", "60 %", "90 %", "0.795", "–", "Not shown: 1 group of which nothing can go."]);
        svg.Descendants().Count(static element => element.Name.LocalName == "title" && element.Value.Contains(" keeps ", StringComparison.Ordinal)).Should().Be(9);

        // n0 may lose 60 %, n3 the same (0.79 is 0.01 less), n10 nothing.
        texts.Where(static text => text is "60 %" or "–").Should().HaveCount(1 + 2 + 1 + 1);
        double width = (double)svg.Attribute("width")!;
        svg.Descendants().Where(static element => element.Attribute("x") is not null).Should().OnlyContain(element => (double)element.Attribute("x")! >= 0 && (double)element.Attribute("x")! <= width);
    }

    private byte[] Json()
    {
        using var stream = new MemoryStream();
        SensitivityJson.Write(_document, stream);
        return stream.ToArray();
    }
}
