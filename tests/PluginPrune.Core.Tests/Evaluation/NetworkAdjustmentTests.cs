using System.Collections.Immutable;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Evaluation;

public sealed class NetworkAdjustmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-names-").FullName;
    private readonly List<string> _warnings = [];

    private string ModelPath => Path.Combine(_folder, "net.cfg");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Apply_SizeAndResize_ChangeTheInputAlone()
    {
        Network network = TwoClasses();

        Network changed = new NetworkAdjustment { Size = (32, 24), Resize = ResizeMode.Letterbox }.Apply(network, ModelPath, _warnings.Add);

        changed.Inputs[0].Shape.Should().Be(new Shape(3, 24, 32));
        changed.Inputs[0].Preprocessing.Should().Be(network.Inputs[0].Preprocessing with { Resize = ResizeMode.Letterbox });
        changed.Nodes.Should().Equal(network.Nodes);
        changed.Heads.Should().Equal(network.Heads);
        _warnings.Should().BeEmpty();
    }

    [Fact]
    public void Apply_NamesFile_NamesTheClasses()
    {
        string names = Path.Combine(_folder, "my.names");
        File.WriteAllText(names, "cat\r\n  big dog \n\n");

        new NetworkAdjustment { NamesPath = names }.Apply(TwoClasses(), ModelPath, _warnings.Add).ClassNames.Should().Equal("cat", "big dog");
    }

    [Fact]
    public void Apply_NamesThatAreTooFew_SaysHowManyThereMustBe()
    {
        string names = Path.Combine(_folder, "my.names");
        File.WriteAllText(names, "cat\n");

        Action applying = () => new NetworkAdjustment { NamesPath = names }.Apply(TwoClasses(), ModelPath, _warnings.Add);

        applying.Should().Throw<InputException>().WithMessage("*my.names*it has 1 names, and head*has 2 classes*");
    }

    [Fact]
    public void Apply_NamesBesideTheModel_AreTakenWhereTheyFit()
    {
        File.WriteAllText(Path.Combine(_folder, "net.names"), "cat\ndog\n");

        new NetworkAdjustment().Apply(TwoClasses(), ModelPath, _warnings.Add).ClassNames.Should().Equal("cat", "dog");

        File.WriteAllText(Path.Combine(_folder, "net.names"), "cat\ndog\ncow\n");
        new NetworkAdjustment().Apply(TwoClasses(), ModelPath, _warnings.Add).ClassNames.Should().BeEmpty();
        _warnings.Should().ContainSingle().Which.Should().Match("*net.names*it has 3 names*The file is not used.");
    }

    private static Network TwoClasses()
    {
        var builder = new NetworkBuilder(1);
        string last = builder.Conv(builder.ConvNormAct("input", 4), 21, size: 1, bias: true);
        Network plain = builder.Build();
        var head = new Head(
            "head", "yolo", last, ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [2]), new NodeOrigin("2", "yolo", null));
        return plain.With(plain.Nodes, [head]);
    }
}
