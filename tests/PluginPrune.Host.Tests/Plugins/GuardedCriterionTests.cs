using System.Text.Json.Nodes;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Host.Tests.Plugins;

public sealed class GuardedCriterionTests : IDisposable
{
    private readonly PluginSandbox _sandbox = new();

    public GuardedCriterionTests() => PluginSandbox.Edit(
        _sandbox.AddEvil("BreachPlugin", "breach", "throws", "null", "other"),
        manifest =>
        {
            JsonObject breach = manifest["contributes"]!["criteria"]![0]!.AsObject();
            breach["options"] = new JsonObject { ["how"] = new JsonObject { ["type"] = "string", ["description"] = "What to do wrong" } };
            manifest["contributes"]!["blockCriteria"] = new JsonArray(breach.DeepClone());
        });

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("throw", DiagnosticCodes.WorkThrew, "InvalidOperationException: the work is broken")]
    [InlineData("cancel", DiagnosticCodes.WorkThrew, "Deciding cancelled itself, and nobody had asked it to")]
    [InlineData("library", DiagnosticCodes.DependencyMissing, "Fixtures.Library")]
    [InlineData("null", DiagnosticCodes.NothingReturned, "returned null; a decision is wanted")]
    [InlineData("null-rule", DiagnosticCodes.NothingReturned, "neither a rule nor masks")]
    [InlineData("null-masks", DiagnosticCodes.NothingReturned, "neither a rule nor masks")]
    [InlineData("default-scores", DiagnosticCodes.NothingReturned, "never made")]
    [InlineData("null-entry", DiagnosticCodes.NothingReturned, "null among its scores")]
    [InlineData("null-values", DiagnosticCodes.NothingReturned, "null among its scores for 1.conv (layer 1")]
    [InlineData("nan", DiagnosticCodes.ScoreNotFinite, "scored channel 5 of 1.conv (layer 1 [convolutional]) NaN; a finite number is wanted")]
    [InlineData("infinite", DiagnosticCodes.ScoreNotFinite, "scored channel 0 of 1.conv (layer 1 [convolutional]) -Infinity")]
    [InlineData("short", DiagnosticCodes.WrongScoreCount, "returned 5 scores for 1.conv (layer 1 [convolutional]); 6 are wanted")]
    [InlineData("long", DiagnosticCodes.WrongScoreCount, "returned 7 scores for 1.conv")]
    [InlineData("twice", DiagnosticCodes.StrangeMember, "scored 1.conv (layer 1 [convolutional]) twice")]
    [InlineData("strange-member", DiagnosticCodes.StrangeMember, "scored 1.conv")]
    [InlineData("strange-group", DiagnosticCodes.StrangeMember, "scored 1.conv")]
    [InlineData("other-group", DiagnosticCodes.StrangeMember, "scored 1.conv")]
    [InlineData("beyond", DiagnosticCodes.StrangeMember, "scored 1.conv")]
    [InlineData("rate", DiagnosticCodes.RuleNotAllowed, "a rate of 1.5")]
    [InlineData("rate-nan", DiagnosticCodes.RuleNotAllowed, "a rate of NaN")]
    [InlineData("floor", DiagnosticCodes.RuleNotAllowed, "a layer floor of -1")]
    [InlineData("coupling", DiagnosticCodes.RuleNotAllowed, "the coupling 77")]
    [InlineData("few-masks", DiagnosticCodes.WrongMask, "returned 1 masks; 2 are wanted")]
    [InlineData("short-mask", DiagnosticCodes.WrongMask, "a mask of 5 for the group of 1.conv (layer 1 [convolutional]); 6 are wanted")]
    [InlineData("default-mask", DiagnosticCodes.WrongMask, "a mask of 0 for the group of 1.conv")]
    [InlineData("mask-and-nan", DiagnosticCodes.ScoreNotFinite, "NaN")]
    [InlineData("choice-rate", DiagnosticCodes.RuleNotAllowed, "chose at a rate of -0.1; one from 0 to 1 is wanted")]
    [InlineData("choice-without-masks", DiagnosticCodes.NothingReturned, "neither a rule nor masks")]
    [InlineData("choice-throws", DiagnosticCodes.WorkThrew, "InvalidOperationException: no choice")]
    [InlineData("place", DiagnosticCodes.RuleNotAllowed, "scored channel 0 of 1.conv (layer 1 [convolutional]) 0; in sets of its own a share above 0 and up to 1 is wanted")]
    [InlineData("null-note", DiagnosticCodes.NothingReturned, "returned null among its notes")]
    [InlineData("null-curve", DiagnosticCodes.NothingReturned, "returned null among its notes on 1.conv")]
    [InlineData("strange-note", DiagnosticCodes.StrangeMember, "a note on 1.conv (layer 1 [convolutional]), which is no layer of this network")]
    [InlineData("odd-curve", DiagnosticCodes.ScoreNotFinite, "drew the curve 'c' of 1.conv (layer 1 [convolutional]) through 2 and 1 numbers")]
    public void Decide_AgainstTheContract_IsAPluginExceptionThatNamesIt(string how, string code, string message)
    {
        Action act = () => Criterion(how).Decide(TestNetwork.Context(), CancellationToken.None);

        PluginDiagnostic diagnostic = act.Should().Throw<PluginException>().Which.Diagnostics.Should().ContainSingle().Subject;
        diagnostic.Code.Should().Be(code);
        diagnostic.PluginId.Should().Be("fixtures.evil");
        diagnostic.Message.Should().Contain("'breach'").And.Contain(message);
    }

    [Theory]
    [InlineData("good")]
    [InlineData("good-masks")]
    [InlineData("good-choice")]
    public void Decide_WithinTheContract_PassesThrough(string how)
    {
        IPruningCriterion criterion = Criterion(how);

        criterion.Decide(TestNetwork.Context(), CancellationToken.None).Should().NotBeNull();
    }

    [Fact]
    public void Decide_MasksThatAreWrongAtAnotherRate_AreThePluginsFaultThen()
    {
        ChannelDecision decision = Criterion("late-mask").Decide(TestNetwork.Context(), CancellationToken.None);

        decision.Rate!.Text.Should().Be("50");
        decision.At(0.2).Rate!.Text.Should().Be("20");
        decision.At(0.2).Notes.Should().ContainSingle().Which.Text.Should().Be("at 0.2");
        FluentActions.Invoking(() => decision.At(0.9)).Should().Throw<PluginException>().Which.Diagnostics.Should().ContainSingle()
            .Which.Message.Should().Contain("'breach'").And.Contain("returned 1 masks; 2 are wanted");
    }

    [Theory]
    [InlineData("input", typeof(InputException))]
    [InlineData("option", typeof(OptionException))]
    public void Decide_WithAnExceptionOfTheContract_PassesItThrough(string how, Type expected)
    {
        Exception? thrown = Record.Exception(() => Criterion(how).Decide(TestNetwork.Context(), CancellationToken.None));

        thrown.Should().BeOfType(expected);
    }

    [Fact]
    public void Decide_ThatThrew_KeepsTheCauseForWhoeverDebugs()
    {
        Action act = () => Criterion("throw").Decide(TestNetwork.Context(), CancellationToken.None);

        act.Should().Throw<PluginException>().WithInnerException<InvalidOperationException>().Which.StackTrace.Should().Contain("Fixtures.Evil.Breach");
    }

    [Fact]
    public void Decide_ThatChangesItsScoresLater_ChangesNothing()
    {
        var spoiler = new Spoiler();
        var guarded = new GuardedCriterion(spoiler, new ContributionInfo("acme.bad", ContributionKind.Criterion, "bad", "Spoils", [], []));

        ChannelDecision decision = guarded.Decide(TestNetwork.Context(), CancellationToken.None);
        spoiler.Handed.AsSpan().Fill(double.NaN);

        decision.Scores[0].Values.Should().Equal(0, 0, 0, 0);
        decision.Rule!.Rate.Should().Be(0.5);
    }

    [Theory]
    [InlineData("nan", DiagnosticCodes.ScoreNotFinite, "scored the block at 1.conv (layer 1 [convolutional]) NaN")]
    [InlineData("infinite", DiagnosticCodes.ScoreNotFinite, "Infinity")]
    [InlineData("throw", DiagnosticCodes.WorkThrew, "Scoring the block at 1.conv")]
    [InlineData("cancel", DiagnosticCodes.WorkThrew, "nobody had asked it to")]
    public void Score_AgainstTheContract_IsAPluginExceptionThatNamesIt(string how, string code, string message)
    {
        Action act = () => ScoreBlock(how);

        PluginDiagnostic diagnostic = act.Should().Throw<PluginException>().Which.Diagnostics.Should().ContainSingle().Subject;
        (diagnostic.Code, diagnostic.PluginId).Should().Be((code, "fixtures.evil"));
        diagnostic.Message.Should().Contain("block criterion 'breach'").And.Contain(message);
    }

    [Theory]
    [InlineData("good", 1.0)]
    [InlineData("null", null)]
    public void Score_WithinTheContract_PassesThrough(string how, double? expected) => ScoreBlock(how).Should().Be(expected);

    [Fact]
    public void Decide_CancelledByTheUser_IsTheUsersWord()
    {
        using var interrupted = new CancellationTokenSource();
        var guarded = new GuardedCriterion(new Canceller(interrupted.Cancel), new ContributionInfo("acme.slow", ContributionKind.Criterion, "slow", "Waits", [], []));

        FluentActions.Invoking(() => guarded.Decide(TestNetwork.Context(), interrupted.Token)).Should().Throw<OperationCanceledException>();
    }

    private static Dictionary<string, string> How(string how) => new(StringComparer.Ordinal) { ["how"] = how };

    private IPruningCriterion Criterion(string how) =>
        _sandbox.Host().Create<IPruningCriterion>(ContributionKind.Criterion, "breach", How(how)).GetOrThrow();

    private double? ScoreBlock(string how)
    {
        PruningContext context = TestNetwork.Context();
        return _sandbox.Host().Create<IBlockCriterion>(ContributionKind.BlockCriterion, "breach", How(how)).GetOrThrow()
            .Score(context.Network, TestNetwork.Block(context.Network));
    }

    private sealed class Canceller(Action cancel) : IPruningCriterion
    {
        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken)
        {
            cancel();
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private sealed class Spoiler : IPruningCriterion
    {
        public double[] Handed { get; } = new double[4];

        public ChannelDecision Decide(PruningContext context, CancellationToken cancellationToken) => ChannelDecision.FromScores(
            [new MemberScores(context.Groups[0], context.Groups[0].Members[0], Handed)], new SelectionRule { Rate = 0.5 });
    }
}
