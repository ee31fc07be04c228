using System.Globalization;
using Spectre.Console;

namespace PluginPrune.Cli;

/// <summary>Shows how far longer work is: a bar to a person, a line now and then to a log.</summary>
/// <param name="terminal">Where it is shown.</param>
internal sealed class ProgressLine(Terminal terminal)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Does work that tells how far it is.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="title">What is done.</param>
    /// <param name="work">The work; it is given what takes a new title and what takes the share that is done, 0 to 1. Both may be called from any thread.</param>
    /// <param name="isOneStage">Whether the share goes on where the title changes; else a title begins a stage, at 0.</param>
    public T Track<T>(string title, Func<Action<string>, Action<double>, T> work, bool isOneStage = false) => terminal switch
    {
        { IsQuiet: true } => work(static _ => { }, static _ => { }),
        { IsInteractive: true } => TrackOnScreen(title, work, isOneStage),
        _ => TrackInLines(title, work),
    };

    private T TrackOnScreen<T>(string title, Func<Action<string>, Action<double>, T> work, bool isOneStage)
    {
        var clock = new ShareClock(TimeProvider.System);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = Math.Clamp(console.Profile.Width / 4, 10, 40) }, new PercentageColumn(), new LeftColumn(clock))
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: 1);
                using IDisposable shown = terminal.ShowThrough(console.WriteLine);
                return work(
                    next =>
                    {
                        task.Description = Markup.Escape(next);
                        if (!isOneStage)
                        {
                            task.Value = 0;
                            clock.Restart();
                        }
                    },
                    share =>
                    {
                        task.Value = share;
                        clock.Show(share);
                    });
            });
    }

    private T TrackInLines<T>(string title, Func<Action<string>, Action<double>, T> work)
    {
        long last = TimeProvider.System.GetTimestamp();
        var gate = new Lock();
        return work(
            next =>
            {
                lock (gate)
                {
                    title = next;
                }
            },
            share =>
            {
                lock (gate)
                {
                    if (TimeProvider.System.GetElapsedTime(last) >= BetweenLines)
                    {
                        last = TimeProvider.System.GetTimestamp();
                        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{title}: {share:P0}"));
                    }
                }
            });
    }
}
