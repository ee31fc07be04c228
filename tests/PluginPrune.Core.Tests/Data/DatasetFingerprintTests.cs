using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Data;

namespace PluginPrune.Core.Tests.Data;

public sealed class DatasetFingerprintTests
{
    private static readonly string Elsewhere = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "elsewhere"));

    [Fact]
    public void It_does_not_depend_on_where_the_pictures_are_seen_from() =>
        Of(Item("set/a/1.png", 0), Item("set/b/1.png", 1)).Should().Be(Of(Item(Path.Combine(Elsewhere, "a/1.png"), 0), Item(Path.Combine(Elsewhere, "b/1.png"), 1)));

    [Fact]
    public void A_picture_by_another_name_below_the_shared_folder_is_another() =>
        Of(Item("set/a/1.png", 0), Item("set/b/1.png", 1)).Should().NotBe(Of(Item("set/a/1.png", 0), Item("set/b/2.png", 1)));

    [Fact]
    public void What_a_whole_picture_shows_counts() => Of(Item("1.png", 0)).Should().NotBe(Of(Item("1.png", 1)));

    [Fact]
    public void The_names_of_the_classes_count() =>
        DatasetFingerprint.Of(new Dataset("set", ["cat", "dog"], [Item("1.png", 0)])).Should().NotBe(DatasetFingerprint.Of(new Dataset("set", ["dog", "cat"], [Item("1.png", 0)])));

    [Fact]
    public void Names_that_are_no_paths_are_taken_as_they_are() => Of(Item("scene 1", null), Item(string.Empty, null)).Should().NotBe(Of(Item("scene 2", null), Item(string.Empty, null)));

    [Fact]
    public void Nothing_has_one_too() => Of().Should().NotBeEmpty();

    private static string Of(params DatasetItem[] items) => DatasetFingerprint.Of(new Dataset("set", [], [.. items]));

    private static DatasetItem Item(string name, int? shows) => new(name, static () => Stream.Null, ImmutableArray<ObjectLabel>.Empty) { ClassIndex = shows };
}
