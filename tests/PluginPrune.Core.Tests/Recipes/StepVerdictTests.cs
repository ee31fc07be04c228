using System.Collections.Immutable;
using PluginPrune.Core.Recipes;

namespace PluginPrune.Core.Tests.Recipes;

public sealed class StepVerdictTests
{
    private const string Model = "the network that it begins with";

    private static readonly StepIdentity Identity = Of("train --epochs 4 --from-scratch --set yolo.box=giou", (Model, "aa"), ("the version of a.b", "0.1.0"));

    [Fact]
    public void What_was_never_begun_is_new() => StepVerdict.Of(null, Identity, isThere: false).Should().Be(new StepVerdict(StepState.New, null));

    [Fact]
    public void What_was_done_the_same_way_is_done() => StepVerdict.Of(Known(), Identity, isThere: true).State.Should().Be(StepState.Done);

    [Fact]
    public void What_was_not_ended_goes_on() => StepVerdict.Of(Known() with { IsDone = false }, Identity, isThere: true).State.Should().Be(StepState.Begun);

    [Fact]
    public void What_was_deleted_is_done_again() => StepVerdict.Of(Known(), Identity, isThere: false).Should().Be(new StepVerdict(StepState.New, "its result is not there any more"));

    [Theory]
    [InlineData("train --epochs 5 --from-scratch --set yolo.box=giou", "aa", "0.1.0", "--epochs is 5, was 4")]
    [InlineData("train --epochs 4 --set yolo.box=giou", "aa", "0.1.0", "--from-scratch is not given, was")]
    [InlineData("train --epochs 4 --from-scratch --set yolo.box=ciou", "aa", "0.1.0", "yolo.box is ciou, was giou")]
    [InlineData("train --epochs 4 --from-scratch --lr 0.1 --set yolo.box=giou", "aa", "0.1.0", "--lr is 0.1, was not given")]
    [InlineData("train --epochs 4 --from-scratch --set yolo.box=giou", "aa", "0.2.0", "the version of a.b is 0.2.0, was 0.1.0")]
    [InlineData("prune --epochs 4 --from-scratch --set yolo.box=giou", "aa", "0.1.0", "the command is prune, was train")]
    public void What_has_changed_is_told(string line, string model, string version, string reason)
    {
        StepIdentity now = Of(line, (Model, model), ("the version of a.b", version));

        StepVerdict.Of(Known(), now, isThere: true).Should().Be(new StepVerdict(StepState.Changed, reason));
        StepVerdict.Of(Known() with { IsBehind = true }, now, isThere: true).State.Should().Be(StepState.Outdated);
    }

    [Fact]
    public void Hashes_are_not_shown()
    {
        string one = new('a', 64);
        string other = new('b', 64);

        Of("train", (Model, one)).DifferenceFrom(Of("train", (Model, other))).Should().Be($"{Model} has changed");
    }

    [Fact]
    public void A_plugin_that_is_new_here_changes_nothing()
    {
        StepIdentity more = Of("train", (StepIdentity.VersionOf + "a.b", "0.1.0"), (StepIdentity.VersionOf + "c.d", "0.1.0"));
        StepIdentity less = Of("train", (StepIdentity.VersionOf + "a.b", "0.1.0"));

        more.DifferenceFrom(less).Should().BeNull();
        less.DifferenceFrom(more).Should().BeNull();
        Of("train", (Model, "aa")).DifferenceFrom(Of("train")).Should().Be($"{Model} came in");
    }

    [Fact]
    public void What_stands_behind_a_step_that_came_to_the_same_need_not_be_done_again() =>
        StepVerdict.Of(Known() with { IsBehind = true }, Identity, isThere: true).State.Should().Be(StepState.Done);

    [Fact]
    public void The_record_comes_back_as_it_was_written_and_a_damaged_one_as_none()
    {
        string folder = Directory.CreateTempSubdirectory("pluginprune-record-").FullName;
        try
        {
            var record = RecipeRecord.Open(folder);
            record.Begin("1-train", Identity, []);
            record.End("1-train", Identity);
            record.Begin("2-prune", Identity, []);
            record.Begin("1-train", Identity, ["2-prune", "3-none"]);
            record.Keep("eval", ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add("mAP", 0.1).Add("none", double.NaN));

            var again = RecipeRecord.Open(folder);

            again["1-train"].Should().BeEquivalentTo(new { IsDone = false, IsBehind = false });
            again["2-prune"].Should().BeEquivalentTo(new { IsDone = false, IsBehind = true });
            again["3-none"].Should().BeNull();
            Identity.DifferenceFrom(again["2-prune"]!.Identity).Should().BeNull();
            again.Measured("eval").Should().Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["mAP"] = 0.1, ["none"] = double.NaN });

            File.WriteAllText(Path.Combine(folder, RecipeRecord.FileName), File.ReadAllText(Path.Combine(folder, RecipeRecord.FileName))[..200]);
            RecipeRecord.Open(folder)["1-train"].Should().BeNull();
            foreach (string damaged in new[] { """{"done":true,"behind":false,"arguments":[null],"facts":{}}""", """{"done":true,"behind":false,"arguments":[],"facts":{"a":null}}""", "null" })
            {
                File.WriteAllText(Path.Combine(folder, RecipeRecord.FileName), """{"steps":{"1-train":""" + damaged + """},"measured":{}}""");
                RecipeRecord.Open(folder)["1-train"].Should().BeNull();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StepEntry Known() => new(Identity, IsDone: true, IsBehind: false);

    private static StepIdentity Of(string line, params (string Name, string Value)[] facts) =>
        new([.. line.Split(' ')], facts.ToImmutableSortedDictionary(static fact => fact.Name, static fact => fact.Value, StringComparer.Ordinal));
}
