using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Evaluation;

public sealed class NamesBesideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-names-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_one_file_with_as_many_names_as_there_are_classes_is_suggested()
    {
        Write("voc.names", "cat\ndog\n");
        Write("coco.names", "one\ntwo\nthree\n");

        string? suggestion = Suggest(TwoClasses());

        suggestion.Should().Be($"The classes of 'net' have no names; voc.names beside it has as many. If it is theirs, say --names {Path.Combine(_folder, "voc.names")}.");
    }

    [Fact]
    public void Nothing_is_suggested_where_names_are_known_none_fits_or_two_do()
    {
        Suggest(TwoClasses()).Should().BeNull();
        Write("a.names", "cat\ndog\n");
        Suggest(new Network("net", TwoClasses().Inputs, TwoClasses().Nodes, TwoClasses().Heads) { ClassNames = ["cat", "dog"] }).Should().BeNull();
        Write("b.names", "man\nwoman\n");
        Suggest(TwoClasses()).Should().BeNull();
    }

    private string? Suggest(Network network) => NamesBeside.Suggest(network, Path.Combine(_folder, "net.cfg"));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private static Network TwoClasses()
    {
        var builder = new NetworkBuilder(1);
        string last = builder.Conv("input", 21, size: 1, bias: true);
        Network plain = builder.Build("net");
        var head = new Head(
            "head", "yolo", last, ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add("classes", [2]), new NodeOrigin("2", "yolo", null));
        return plain.With(plain.Nodes, [head]);
    }
}
