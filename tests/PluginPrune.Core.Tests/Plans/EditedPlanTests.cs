using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Tests.Plans;

/// <summary>Plans as people edit them, with what they get told: the very line, what was found and what was wanted.</summary>
public sealed class EditedPlanTests
{
    private static readonly Network Network = PlanSample.Network();
    private static readonly string Plan = PlanSample.Text(PlanSample.Document(Network));
    private static readonly string WithBlock = PlanSample.Text(PlanSample.WithoutBlock(Network));

    /// <summary>What is replaced, by what, and words of the message. The fault is in the line of '§', which is taken out.</summary>
    public static TheoryData<string, string, string[]> Edits => new()
    {
        { "\"network\": \"sample\",\n  ", "\"network\": \"sample\"\n  §", ["column 3", "no JSON"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §0 2-3", ["column 17", "no JSON"] },
        { "\"kept\": \"0 2-3\"\n", "\"kept\": \"0 2-3\",\n§", ["no JSON", "comma"] },
        { "\"kept\": \"0 2-3\"\n", "\"kept\": \"0 2-3\"\n§// as before\n", ["no JSON", "'/'"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"0 \\ud800\"", ["Unicode"] },
        { "\"removedBlocks\": []", "\"removedBlocks\": [[[[[[[§[]]]]]]]]", ["more than 8 deep"] },
        { "\"planVersion\": 1,", "\"planVersion\": §2,", ["version 2", "reads version 1"] },
        { "\"planVersion\": 1,", "\"planVersion\": §\"1\",", ["'planVersion'", "the string '1'", "the number 1"] },
        { "{\n  \"planVersion\": 1,", "§{\n", ["'planVersion' is missing"] },
        { "\"network\"", "§\"netwrok\"", ["no key 'netwrok'", "Did you mean 'network'?"] },
        { "\"network\": \"sample\"", "§\"colour\": \"red\", \"network\": \"sample\"", ["no key 'colour'", "Keys are planVersion, network"] },
        { "\"made\": {", "\"made\": { \"budget\": §[1],", ["made", "'budget'", "an array", "a text"] },
        { "\"made\": {", "\"made\": §3, \"mdae\": {", ["'made'", "the number 3"] },
        { "\"removedBlocks\": []", "\"removedBlocks\": §\"\"", ["'removedBlocks'", "the string ''", "array"] },
        { "\"kept\": \"0 2-3\"", "§\"kpet\": \"0 2-3\"", ["group 'n3'", "no key 'kpet'", "Did you mean 'kept'?"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": \"0 2-3\",\n §\"kept\": \"0\"", ["group 'n3'", "'kept' stands twice", "first in line"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §2", ["group 'n3'", "'kept'", "the number 2", "a text"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §null", ["group 'n3'", "'kept'", "null", "a text"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §[0, 2, 3]", ["group 'n3'", "'kept'", "an array", "a text"] },
        { "{\n      \"group\": \"n3\",", "§{\n", ["group number 2", "'group' is missing"] },
        { "\"group\": \"n3\",", "\"group\": §3,", ["group number 2", "'group'", "the number 3"] },
        { "\"groups\": [", "\"groups\": [ §7,", ["group number 1", "the number 7", "an object"] },
        { "\"channels\": 4,", "\"channels\": §\"4\",", ["group 'n3'", "'channels'", "the string '4'", "a whole number"] },
        { "\"channels\": 4,", "\"channels\": §4.5,", ["group 'n3'", "'channels'", "the number 4.5", "a whole number"] },
        { "\"channels\": 4,", "\"channels\": §0,", ["group 'n3'", "'channels'", "at least 1"] },
        { "\"channels\": 4,", "\"channels\": §99999999999,", ["group 'n3'", "'channels'", "99999999999"] },
        { "\"channels\": 4,", "\"channels\": §5,", ["group 'n3'", "it has 4 channels, not 5"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"3-2\"", ["group 'n3'", "'3-2' runs backwards", "'2-3'"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"0 x\"", ["group 'n3'", "'x'", "neither an index"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"0 -1\"", ["group 'n3'", "'-1'", "neither an index"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"0-1-2\"", ["group 'n3'", "'0-1-2'", "neither an index"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"2-4\"", ["group 'n3'", "'2-4' is beyond the last of 4 channels", "0 to 3"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\"99999999999\"", ["group 'n3'", "'99999999999' is beyond the last of 4"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": §\" , \"", ["group 'n3'", "keeps nothing", "at least one of its 4"] },
        { "\"kept\": \"0-2 4-6\"", "\"kept\": §\"0-2 4-5\"", ["group 'n0'", "n10", "2 equal parts", "keep 3, 2"] },
        { "\"kept\": \"0-1 4-5\"", "\"kept\": §\"4-5\"", ["group 'n10'", "n13", "none of its 4 channels"] },
        { "\"kept\": \"0-1 4-5\"", "\"kept\": §\"0-2 4-5\"", ["group 'n10'", "equal parts", "keep 3, 2"] },
        { "\"kept\": \"0-4\"", "\"kept\": §\"0-2 4\"", ["group 'n14'", "channel 3 must stay", "head"] },
        { "\"kept\": \"0-4\"", "\"kept\": §\"4\"", ["group 'n14'", "channel 0 and 3 more must stay", "head"] },
        { "\"group\": \"n3\"", "\"group\": §\"n0\"", ["group 'n0' stands twice, first in line"] },
        { "\"groups\": [", "\"groups\": [ {\"group\": §\"n33\", \"channels\": 4, \"kept\": \"0\"},", ["group 'n33'", "does not have it", "Did you mean 'n3'"] },
        { "\"groups\": [", "\"groups\": [ {\"group\": §\"n6\", \"channels\": 8, \"kept\": \"0-7\"},", ["group 'n6'", "tied to those of group 'n0'"] },
        { "\"removedBlocks\": []", "\"removedBlocks\": [{\"junction\": §\"n8\"}]", ["block 'n8'", "none of the network's 1 removable blocks", "Did you mean 'n9'"] },
        { "\"architecture\": \"sha256:", "\"architecture\": §\"sha256:0", ["fingerprint", "'structure'"] },
        { "\"structure\": [", "\"structure\": [ §1,", ["structure", "the number 1"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": \"0 2-3\", \"constant\": §\"1\"", ["group 'n3'", "channel 1 is constant and not among those kept"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": \"0 2-3\", \"constant\": §\"0 2-3\"", ["group 'n3'", "all that it keeps is constant"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": \"0 2-3\", \"constant\": §\"x\"", ["group 'n3'", "'x'", "neither an index"] },
        { "\"kept\": \"0 2-3\"", "\"kept\": \"0 2-3\", \"constant\": §2", ["group 'n3'", "'constant'", "the number 2", "a text"] },
        { "\"kept\": \"0-4\"", "\"kept\": \"0-4\", \"constant\": §\"3\"", ["group 'n14'", "channel 3 cannot be constant", "head"] },
        { "\"removedBlocks\": []", "\"fold\": §\"never\", \"removedBlocks\": []", ["'fold' is 'never'", "standard, exact, none"] },
    };

    /// <summary>The same for the plan that removes a block.</summary>
    public static TheoryData<string, string, string[]> BlockEdits => new()
    {
        { "\"junction\": \"n9\",", "§\"junctoin\": \"n9\",", ["block number 1", "no key 'junctoin'", "Did you mean 'junction'?"] },
        { "\"junction\": \"n9\",", "\"junction\": §9,", ["block number 1", "'junction'", "the number 9"] },
        { "\"score\": 0.25", "\"score\": §\"low\"", ["block 'n9'", "'score'", "the string 'low'", "a number"] },
        { "\"score\": 0.25", "\"score\": §1e999", ["block 'n9'", "'score'", "the number 1e999"] },
        { "\"removedBlocks\": [", "\"removedBlocks\": [ §\"n9\",", ["block number 1", "the string 'n9'", "an object"] },
        { "\"junction\": \"n9\",", "\"junction\": \"n9\"}, {\n\"junction\": §\"n9\",", ["block 'n9' stands twice, first in line"] },
        { "\"groups\": [", "\"groups\": [ {\"group\": §\"n3\", \"channels\": 4, \"kept\": \"0\"},", ["group 'n3'", "goes with block 'n9'"] },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Bind_EditedPlan_TellsLineAndReason(string find, string replace, string[] words) => Check(Plan, find, replace, words);

    [Theory]
    [MemberData(nameof(BlockEdits))]
    public void Bind_EditedPlanWithBlock_TellsLineAndReason(string find, string replace, string[] words) => Check(WithBlock, find, replace, words);

    [Fact]
    public void Bind_GroupLeftOut_TellsTheLineOfTheListAndWhatToWrite()
    {
        PlanDocument whole = PlanSample.Document(Network);
        string text = PlanSample.Text(whole with { Groups = whole.Groups.RemoveAt(1) });

        PlanException error = Refuse(text);

        error.Faults.Should().ContainSingle().Which.Place.Line.Should().Be(LineOf(text, "\"groups\""));
        error.Message.Should().Contain("nothing is said of group 'n3' with 4 channels").And.Contain("\"kept\": \"0-3\"");
    }

    [Theory]
    [InlineData("", "line 1", "empty")]
    [InlineData("  \n", "line 1", "empty")]
    [InlineData("[1]", "line 1", "an array")]
    [InlineData("{}", "line 1", "'planVersion' is missing")]
    [InlineData("\n\n{\"planVersion\": 99}", "line 3", "version 99")]
    [InlineData("{\"planVersion\": 1} x", "line 1, column 20", "no JSON")]
    public void Read_WhatIsNoPlan_SaysWhyAndWhere(string text, string place, string words)
    {
        PlanException error = Refuse(text);

        error.File.Should().Be(PlanSample.FileName);
        error.Message.Should().StartWith($"{PlanSample.FileName}, {place}").And.Contain(words);
    }

    [Fact]
    public void Bind_SeveralFaults_TellsAllInTheOrderOfTheFile()
    {
        string text = Plan
            .Replace("\"kept\": \"0-4\"", "\"kept\": \"0\"", StringComparison.Ordinal)
            .Replace("\"kept\": \"0 2-3\"", "\"kept\": \"0 2-3 9\"", StringComparison.Ordinal)
            .Replace("\"kept\": \"0-2 4-6\"", "\"kept\": \"0 4-5\"", StringComparison.Ordinal);

        PlanException error = Refuse(text);

        error.Faults.Select(static fault => fault.Place.Line).Should().Equal(
            LineOf(text, "\"0 4-5\""), LineOf(text, "\"0 2-3 9\""), LineOf(text, "\"kept\": \"0\""));
        error.Message.Split('\n').Should().HaveCount(3).And.OnlyContain(line => line.StartsWith("plan.json, line ", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_VeryManyFaults_TellsTwentyAndHowManyMore()
    {
        string groups = string.Join(",\n", Enumerable.Repeat("{\"group\": \"a\", \"channels\": 1, \"kpet\": \"0\"}", 50));
        string text = $"{{\"planVersion\": 1, \"network\": \"n\", \"architecture\": \"a\", \"removedBlocks\": [], \"groups\": [\n{groups}]}}";

        PlanException error = Refuse(text);

        error.Faults.Should().HaveCount(50);
        error.Message.Split('\n').Should().HaveCount(21).And.HaveElementAt(20, "and 30 more");
    }

    [Fact]
    public void Read_LongLine_TellsTheColumn()
    {
        string text = Plan.ReplaceLineEndings(" ").Replace("\"kept\": \"0 2-3\"", "\"kept\": 7", StringComparison.Ordinal);

        PlanException error = Refuse(text);

        int column = text.IndexOf("\"kept\": 7", StringComparison.Ordinal) + "\"kept\": ".Length + 1;
        error.Message.Should().StartWith(FormattableString.Invariant($"plan.json, line 1, column {column}: group 'n3'"));
    }

    [Fact]
    public void Read_ColumnsAfterLettersOfSeveralBytes_CountLetters()
    {
        PlanException error = Refuse("{\"planVersion\": 1, \"network\": \"größe\", x}");

        error.Message.Should().StartWith("plan.json, line 1, column 40: ");
    }

    [Fact]
    public void Read_TooLarge_IsRefused()
    {
        Action act = () => PlanJson.Read(new byte[(64 << 20) + 1], PlanSample.FileName);

        act.Should().Throw<PlanException>().WithMessage("plan.json: *64 MB*");
    }

    [Fact]
    public void Read_VeryManyValues_IsRefusedWithTheLine()
    {
        string text = $"{{\n\"groups\": [{string.Join(',', Enumerable.Repeat('1', 1_100_000))}]}}";

        Refuse(text).Message.Should().StartWith("plan.json, line 2, ").And.Contain("1,000,000 values");
    }

    [Fact]
    public void Read_MoreChannelsThanAnyNetworkHas_IsRefusedBeforeTheyAreMade()
    {
        string group = "{\"group\": \"a\", \"channels\": 16000000, \"kept\": \"0\"}";
        string text = $"{{\"planVersion\": 1, \"network\": \"n\", \"architecture\": \"a\", \"removedBlocks\": [], \"groups\": [\n{group},\n{group}]}}";

        Refuse(text).Faults.Should().ContainSingle(fault => fault.Place.Line == 3 && fault.Message.Contains("16777216", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TextThatWouldSteerATerminal_IsShownWithoutIt()
    {
        string text = Plan.Replace("\"group\": \"n3\"", "\"group\": \"n3\\u001b[31m\\n\"", StringComparison.Ordinal);

        Refuse(text).Message.Should().Contain("'n3?[31m?'").And.NotContain("\u001b");
    }

    [Fact]
    public void Read_ByteOrderMarkAndWindowsLineEnds_AreTaken()
    {
        string text = "\uFEFF" + Plan.Replace("\n", "\r\n", StringComparison.Ordinal);

        PlanSample.Bind(text, Network).Masks.Count.Should().Be(4);
    }

    [Fact]
    public void Read_KeysInAnyOrderAndUnknownOnesInMade_AreTaken()
    {
        PlanDocument plan = PlanSample.Read(
            "{\"groups\": [{\"kept\": \"0\", \"channels\": 1, \"group\": \"a\"}], \"made\": {\"why\": \"just so\", \"year\": 2024, \"odd\": true},"
            + "\"removedBlocks\": [], \"architecture\": \"a\", \"network\": \"n\", \"planVersion\": 1}");

        plan.Groups.Should().ContainSingle().Which.Name.Should().Be("a");
        plan.Made.Should().Contain("why", "just so").And.Contain("year", "2024").And.Contain("odd", "true");
    }

    [Fact]
    public void ReadFile_MissingOrFolder_SaysSo()
    {
        string missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        ((Action)(() => PlanJson.ReadFile(missing))).Should().Throw<PlanException>().WithMessage("*no such file*");
        ((Action)(() => PlanJson.ReadFile(Path.GetTempPath()))).Should().Throw<PlanException>().WithMessage("*folder*");
    }

    private static void Check(string plan, string find, string replace, string[] words)
    {
        int at = plan.IndexOf(find, StringComparison.Ordinal);
        at.Should().BeGreaterThanOrEqualTo(0, "the plan has {0}", find);
        string marked = plan[..at] + replace + plan[(at + find.Length)..];
        int line = LineOf(marked, "§");

        PlanException error = Refuse(marked.Replace("§", string.Empty, StringComparison.Ordinal));

        PlanFault fault = error.Faults.Should().Contain(one => words.All(word => one.ToString().Contains(word, StringComparison.Ordinal)), error.Message).Which;
        fault.Place.Line.Should().Be(line, error.Message);
        error.Message.Should().Contain(FormattableString.Invariant($"plan.json, line {line}"));
    }

    private static int LineOf(string text, string part) => text[..text.IndexOf(part, StringComparison.Ordinal)].Count(static letter => letter == '\n') + 1;

    private static PlanException Refuse(string text) =>
        ((Action)(() => PlanSample.Bind(text, Network))).Should().Throw<PlanException>().Which;
}
