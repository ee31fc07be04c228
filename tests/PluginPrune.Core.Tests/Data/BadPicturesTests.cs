using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;

namespace PluginPrune.Core.Tests.Data;

public sealed class BadPicturesTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void The_first_one_stops_the_work_and_the_rest_is_counted()
    {
        var bad = new BadPictures(skip: false, _warnings.Add);

        bad.Invoking(sut => sut.PassOver([Make("a", null), Make("b", FaultSeverity.Error), Make("c", FaultSeverity.Warning), Make("d", FaultSeverity.Error)]))
            .Should().Throw<InputException>()
            .Which.Message.Should().Be("b.txt, line 3: It is odd. 1 more has errors; 'host data check' lists them. --skip-bad passes such pictures over.");
    }

    [Fact]
    public void Asked_to_it_passes_them_over_and_says_so()
    {
        var bad = new BadPictures(skip: true, _warnings.Add);

        bad.PassOver([Make("a", null), Make("b", FaultSeverity.Error), Make("c", FaultSeverity.Warning)]).Select(static item => item.Name).Should().Equal("a", "c");
        _warnings.Should().Equal("1 picture is passed over, b.txt, line 3 first: It is odd.");

        bad.PassOver(new InputException("x.jpg", null, "it is truncated."));
        bad.PassOver(new InputException("x.jpg", null, "it is truncated."));
        bad.Count.Should().Be(2);
        _warnings.Should().HaveCount(2, "a picture that is read in every epoch is told of once");
        _warnings[1].Should().Be("passed over: x.jpg: it is truncated.");
    }

    [Fact]
    public void A_picture_that_turns_out_to_be_damaged_names_the_remedy() =>
        new BadPictures(skip: false, _warnings.Add).Invoking(static sut => sut.PassOver(new InputException("x.jpg", null, "it is truncated.")))
            .Should().Throw<InputException>().Which.Message.Should().Be("x.jpg: it is truncated. --skip-bad passes such pictures over.");

    private static DatasetItem Make(string name, FaultSeverity? severity) => new(name, () => Stream.Null, [])
    {
        Faults = severity is { } how ? [new DatasetFault(how, "odd", name + ".txt", 3, "It is odd.")] : [],
    };
}
