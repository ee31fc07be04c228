using System.Collections.Concurrent;
using System.Diagnostics;
using PluginPrune.Core.Crews;

namespace PluginPrune.Core.Tests.Crews;

/// <summary>Threads that do one piece of work after the other, and whatever they meet.</summary>
public sealed class CrewTests : IDisposable
{
    private readonly ConcurrentBag<Worker> _made = [];
    private readonly Shared _shared = new();

    public void Dispose() => _shared.Dispose();

    [Fact]
    public void Results_come_in_the_order_of_the_work_whoever_is_ready_first()
    {
        using Crew<int, int> sut = CreateSut(3, static (piece, _) =>
        {
            Thread.Sleep(piece * 7 % 5);
            return 2 * piece;
        });

        sut.Do(Enumerable.Range(0, 40), 5).Should().Equal(Enumerable.Range(0, 40).Select(static piece => 2 * piece));
    }

    [Fact]
    public void As_many_work_at_once_as_there_are_threads()
    {
        // Nobody gets on before three are there.
        using var meeting = new Barrier(3);
        using Crew<int, int> sut = CreateSut(3, (piece, token) => meeting.SignalAndWait(TimeSpan.FromMinutes(1), token) ? piece : -1);

        sut.Do(Enumerable.Range(0, 12), 3).Should().Equal(Enumerable.Range(0, 12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void No_more_is_taken_than_is_in_hand(int inHand)
    {
        int taken = 0;
        int given = 0;
        IEnumerable<int> Pieces()
        {
            for (; taken < 20; taken++)
            {
                (taken - given).Should().BeLessThan(inHand, "the memory of the first that runs would be given up");
                yield return taken;
            }
        }

        using Crew<int, int> sut = CreateSut(2, static (piece, _) => piece);
        foreach (int result in sut.Do(Pieces(), inHand))
        {
            result.Should().Be(given++);
        }

        given.Should().Be(20);
    }

    [Fact]
    public void Each_thread_that_has_work_makes_one_worker_and_disposes_of_it_and_the_last_of_what_they_share()
    {
        // Nobody gets on before both are there.
        using var meeting = new Barrier(2);
        using (Crew<int, int> sut = CreateSut(5, (piece, token) => meeting.SignalAndWait(TimeSpan.FromMinutes(1), token) ? piece : -1))
        {
            foreach (int result in sut.Do([0, 1], 2))
            {
                _shared.Ended.Should().Be(0, "somebody may still use it after result {0}", result);
            }
        }

        _made.Should().HaveCount(2).And.OnlyContain(static worker => worker.IsEnded && worker.Strangers == 0);
        _made.Select(static worker => worker.Home).Should().OnlyHaveUniqueItems();
        _shared.Ended.Should().Be(1);
    }

    [Fact]
    public void What_a_worker_throws_is_thrown_after_the_results_before_it_and_ends_all()
    {
        var found = new List<int>();

        Action act = () =>
        {
            using Crew<int, int> sut = CreateSut(3, static (piece, _) => piece == 7 ? throw new FormatException("The seventh is too much.") : piece);
            foreach (int result in sut.Do(Enumerable.Range(0, 1000), 4))
            {
                found.Add(result);
            }
        };

        act.Should().Throw<FormatException>().WithMessage("The seventh is too much.");
        found.Should().Equal(0, 1, 2, 3, 4, 5, 6);
        _made.Should().OnlyContain(static worker => worker.IsEnded);
        _shared.Ended.Should().Be(1);
    }

    [Fact]
    public void A_worker_that_cannot_be_made_is_told_of()
    {
        using var sut = new Crew<int, int>("test", 2, static () => throw new FormatException("There is none."), _shared, CancellationToken.None);

        sut.Invoking(static crew => crew.Do([1, 2, 3], 2).ToArray()).Should().Throw<FormatException>().WithMessage("There is none.");
    }

    [Fact]
    public void What_ending_throws_is_thrown_after_the_last_result_and_does_not_end_the_program()
    {
        var found = new List<int>();
        using Crew<int, int> sut = CreateSut(2, static (piece, _) => piece, new FormatException("It does not end well."));

        Action act = () =>
        {
            foreach (int result in sut.Do(Enumerable.Range(0, 9), 3))
            {
                found.Add(result);
            }
        };

        act.Should().Throw<FormatException>().WithMessage("It does not end well.");

        found.Should().Equal(Enumerable.Range(0, 9));
        _shared.Ended.Should().Be(1, "the others end all the same");
    }

    [Fact]
    public void Who_stops_early_stops_the_work()
    {
        // All but the first wait until they are told to stop.
        using (Crew<int, int> sut = CreateSut(3, static (piece, token) => piece == 0 || token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)) ? piece : -1))
        {
            sut.Do(Enumerable.Range(0, 9), 6).First().Should().Be(0);
        }

        _made.Should().OnlyContain(static worker => worker.IsEnded);
        _shared.Ended.Should().Be(1);
    }

    [Fact]
    public void A_worker_that_does_not_listen_is_left_behind_with_what_he_uses()
    {
        using var source = new CancellationTokenSource();
        using var hold = new ManualResetEvent(initialState: false);
        long start = Stopwatch.GetTimestamp();

        Action act = () =>
        {
            using Crew<int, int> sut = CreateSut(
                2,
                (piece, _) =>
                {
                    source.CancelAfter(20);
                    hold.WaitOne();
                    return piece;
                },
                fault: null,
                source.Token);
            _ = sut.Do(Enumerable.Range(0, 9), 4).Count();
        };

        act.Should().Throw<OperationCanceledException>();
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(20));
        _shared.Ended.Should().Be(0, "somebody still uses it");
        hold.Set();
        SpinWait.SpinUntil(() => _shared.Ended == 1, TimeSpan.FromMinutes(1)).Should().BeTrue("nobody does any more");
    }

    private Crew<int, int> CreateSut(int threads, Func<int, CancellationToken, int> work, Exception? fault = null, CancellationToken cancellationToken = default) => new(
        "test",
        threads,
        () =>
        {
            var worker = new Worker(work, fault);
            _made.Add(worker);
            return worker;
        },
        _shared,
        cancellationToken);

    private sealed class Shared : IDisposable
    {
        public int Ended { get; private set; }

        public void Dispose() => Ended++;
    }

    private sealed class Worker(Func<int, CancellationToken, int> work, Exception? fault) : ICrewWorker<int, int>, IDisposable
    {
        public int Home { get; } = Environment.CurrentManagedThreadId;

        /// <summary>How often another thread than the one that made it used it.</summary>
        public int Strangers { get; private set; }

        public bool IsEnded { get; private set; }

        public int Do(int piece, CancellationToken cancellationToken)
        {
            Strangers += Environment.CurrentManagedThreadId == Home ? 0 : 1;
            return work(piece, cancellationToken);
        }

        public void Dispose()
        {
            Strangers += Environment.CurrentManagedThreadId == Home ? 0 : 1;
            IsEnded = true;
            if (fault is not null)
            {
                throw fault;
            }
        }
    }
}
