using System.Runtime.ExceptionServices;

namespace PluginPrune.Core.Plugins;

/// <summary>Runs work that is told to stop, and leaves it behind where it does not listen.</summary>
internal static class AbandonableWork
{
    // As much as a main thread has: a criterion may walk a network by recursion.
    private const int StackBytes = 8 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <param name="work">The work. It runs on a thread of its own, while the caller waits.</param>
    /// <param name="cancellationToken">The one that the work was given too.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled, or did not end within a second of being told to.</exception>
    public static T Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        T result = default!;
        Run(() => { result = work(); }, cancellationToken);
        return result;
    }

    private static void Run(Action work, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            work();
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        ExceptionDispatchInfo? thrown = null;

        // Never disposed: who was left behind may end after all.
        var ended = new ManualResetEvent(initialState: false);
        var thread = new Thread(Complete, StackBytes) { IsBackground = true, Name = "work of a plugin" };
        thread.Start();
        if (WaitHandle.WaitAny([ended, cancellationToken.WaitHandle]) != 0 && !ended.WaitOne(Patience))
        {
            throw new OperationCanceledException(cancellationToken);
        }

        thrown?.Throw();

        void Complete()
        {
            try
            {
                work();
            }
            catch (Exception fault)
            {
                // Thrown again where the caller waits.
                thrown = ExceptionDispatchInfo.Capture(fault);
            }

            ended.Set();
        }
    }
}
