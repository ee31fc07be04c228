using PluginPrune.Contracts.Options;
using PluginPrune.Core.Training;

namespace PluginPrune.Core.Tests.Training.Distillation;

public sealed class DistillationSettingsTests
{
    [Fact]
    public void What_is_not_named_has_its_default() => DistillationSettings.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["boxes"] = "0.5", ["temperature"] = "2", ["labels"] = "0" })
        .Should().Be(new DistillationSettings { Labels = 0, Boxes = 0.5, Temperature = 2 });

    [Fact]
    public void All_settings_can_be_named() =>
        DistillationSettings.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["labels"] = "2", ["logits"] = "3", ["boxes"] = "4", ["features"] = "5", ["temperature"] = "6" })
            .Should().Be(new DistillationSettings { Labels = 2, Logits = 3, Boxes = 4, Features = 5, Temperature = 6 });

    [Fact]
    public void All_faults_are_told_together()
    {
        Action act = () => DistillationSettings.Of(new Dictionary<string, string>(StringComparer.Ordinal) { ["boxes"] = "-1", ["heat"] = "2", ["temperature"] = "0" });

        act.Should().Throw<OptionException>().WithMessage("*boxes*-1*Distillation has no setting 'heat'; there is labels, logits, boxes, features, temperature.*temperature*");
    }
}
