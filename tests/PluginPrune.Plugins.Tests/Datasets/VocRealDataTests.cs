using PluginPrune.Contracts.Datasets;
using PluginPrune.DatasetVoc;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>Real sets, whose counts are known from elsewhere.</summary>
public sealed class VocRealDataTests : IDisposable
{
    private readonly DatasetScratch<VocPlugin> _work = new("voc");

    public void Dispose() => _work.Dispose();

    [SharedDataFact]
    public void Blood_cells()
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/bccd-voc/BCCD"), "all");

        dataset.ClassNames.Should().Equal("Platelets", "RBC", "WBC");
        dataset.Items.Should().HaveCount(364);
        DatasetFault[] faults = [.. dataset.Items.SelectMany(static item => item.Faults)];
        faults.Should().OnlyContain(static fault => fault.Kind == "degenerate box" && fault.Severity == FaultSeverity.Warning);
        faults.Select(static fault => Path.GetFileName(fault.File)).Should().Equal("BloodImage_00338.xml", "BloodImage_00343.xml");
        dataset.Items.Sum(static item => item.Labels.Length).Should().Be(4888 - 2);
    }

    [SharedDataTheory]
    [InlineData("train", 205)]
    [InlineData("val", 87)]
    [InlineData("test", 72)]
    [InlineData("trainval", 292)]
    public void Blood_cells_in_parts(string split, int pictures)
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/bccd-voc/BCCD"), split);

        dataset.Items.Should().HaveCount(pictures);
        dataset.ClassNames.Should().Equal("Platelets", "RBC", "WBC");
        dataset.Faults.Should().BeEmpty();
        dataset.Items.Should().OnlyContain(static item => item.ClaimedWidth == 640 && item.ClaimedHeight == 480);
    }

    [SharedDataFact]
    public void Raccoons()
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/raccoon-voc"));

        dataset.Items.Should().HaveCount(200).And.OnlyContain(static item => item.Faults.IsEmpty);
        dataset.Items.Sum(static item => item.Labels.Length).Should().Be(217);
        dataset.ClassNames.Should().Equal("raccoon");
        _work.Warnings.Should().ContainSingle().Which.Should().Contain("is not divided into parts");
    }

    [SharedDataFact]
    public void Chess()
    {
        Dataset dataset = _work.OpenAt(SharedData.PathOf("data/roboflow-samples/chess"), "all");

        dataset.Items.Should().HaveCount(12);
        dataset.ClassNames.Should().HaveCount(12);
        dataset.Items.Sum(static item => item.Labels.Length).Should().Be(180);
        dataset.Items.SelectMany(static item => item.Faults).Select(static fault => (fault.Kind, fault.Severity)).Should()
            .BeEquivalentTo([("name differs in case", FaultSeverity.Warning), ("no label file", FaultSeverity.Note)]);
    }
}
