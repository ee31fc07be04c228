using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Engines;

namespace PluginPrune.Host.Tests.Engines;

public sealed class EngineChoiceTests
{
    private readonly List<string> _notes = [];

    [Fact]
    public void The_first_engine_that_works_is_taken_and_nothing_is_said()
    {
        ChosenEngine chosen = Choice(("fast", static () => new Working()), ("slow", static () => throw new InvalidOperationException())).Choose(_notes.Add);

        chosen.Name.Should().Be("fast");
        chosen.Description.Library.Should().Be("library 1.2");
        _notes.Should().BeEmpty();
    }

    [Fact]
    public void What_is_missing_is_said_once_in_one_line()
    {
        ChosenEngine chosen = Choice(
            ("fast", static () => throw new EngineUnavailableException("Fast Runtime is missing; install libfast.")),
            ("middle", static () => new Missing()),
            ("slow", static () => new Working())).Choose(_notes.Add);

        chosen.Name.Should().Be("slow");
        _notes.Should().Equal(
            "The engine fast is passed over: Fast Runtime is missing; install libfast. The engine middle is passed over: libmiddle.so.1 is missing. Using slow.");
    }

    [Fact]
    public void An_engine_that_nobody_contributes_is_not_worth_a_word()
    {
        ChosenEngine chosen = Choice(("absent", null), ("slow", static () => new Working())).Choose(_notes.Add);

        chosen.Name.Should().Be("slow");
        _notes.Should().BeEmpty();
    }

    [Fact]
    public void Work_that_an_engine_does_not_support_begins_again_with_the_next()
    {
        var tried = new List<string>();
        string done = Choice(("fast", static () => new Working()), ("slow", static () => new Working())).Run(
            chosen =>
            {
                tried.Add(chosen.Name);
                return chosen.Name == "fast" ? throw new NotSupportedException("7.rnn is recurrent.") : "done";
            },
            _notes.Add);

        done.Should().Be("done");
        tried.Should().Equal("fast", "slow");
        _notes.Should().Equal("The engine fast is passed over: 7.rnn is recurrent. Using slow.");
    }

    [Fact]
    public void The_last_engine_fails_in_its_own_words()
    {
        Action one = () => Choice(("torch", static () => new Missing())).Choose(_notes.Add);
        Action unsupported = () => Choice(("fast", static () => new Missing()), ("slow", static () => new Working()))
            .Run<int>(static _ => throw new NotSupportedException("7.rnn is recurrent."), _notes.Add);
        Action none = () => Choice(("absent", null)).Choose(_notes.Add);

        one.Should().Throw<EngineUnavailableException>().WithMessage("libmiddle.so.1 is missing");
        unsupported.Should().Throw<NotSupportedException>().WithMessage("7.rnn is recurrent.");
        none.Should().Throw<EngineUnavailableException>().WithMessage("No plugin contributes an engine of the name absent.");
    }

    [Fact]
    public void A_fault_that_is_no_lack_is_not_hidden_by_another_engine()
    {
        Action choosing = () => Choice(("fast", static () => new Working()), ("slow", static () => new Working()))
            .Run<int>(static _ => throw new InvalidOperationException("a bug"), _notes.Add);

        choosing.Should().Throw<InvalidOperationException>();
        _notes.Should().BeEmpty();
    }

    private static EngineChoice Choice(params (string Name, Func<IEngine>? Create)[] engines) =>
        new([.. engines.Select(static engine => engine.Name)], name => engines.Single(engine => engine.Name == name).Create);

    private sealed class Working : IDescribedEngine
    {
        public IExecutable<float> Compile(Network network) => throw new NotSupportedException();

        public EngineDescription Describe() => new("library 1.2", null, 1, ["cpu"]);
    }

    private sealed class Missing : IDescribedEngine
    {
        public IExecutable<float> Compile(Network network) => throw new NotSupportedException();

        public EngineDescription Describe() => throw new EngineUnavailableException("libmiddle.so.1 is missing");
    }
}
