using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using PluginPrune.Cli;
using PluginPrune.Core.Plugins;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var patience = TimeSpan.FromSeconds(2);
var terminal = Terminal.OfProcess();
int? threadFailed = null;

// Never disposed: a signal may still be on its way when the work is done.
var interrupted = new CancellationTokenSource();

// Ctrl+C, kill and a terminal that closes: left alone, the last two would leave temporary files behind.
using PosixSignalRegistration byKeyboard = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration byKill = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration byTerminal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

// Left alone, a limit on the size of files kills; ignored, writing fails and says so. The number is that of Linux and macOS.
const int FileSizeExceeded = 25;
using PosixSignalRegistration? bySize = OperatingSystem.IsWindows()
    ? null
    : PosixSignalRegistration.Create((PosixSignal)FileSizeExceeded, static signal => signal.Cancel = true);

ExceptionHandling.SetUnhandledExceptionHandler(OnThreadFailed);

int code = new HostProgram(terminal).Run(args, interrupted.Token);

// Not by returning: that would wait for threads that plugins have left behind.
Environment.Exit(threadFailed ?? code);

void Stop(PosixSignalContext signal)
{
    // The first one asks, so that nothing half-written stays behind; the second one is the user's last word.
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();

    // Code that was given no way to be told does not keep the user waiting.
    _ = Task.Delay(patience).ContinueWith(
        _ =>
        {
            terminal.Error("Interrupted. What was running did not stop and was ended.");
            Environment.Exit(threadFailed ?? ExitCodes.Interrupted);
        },
        TaskScheduler.Default);
}

// A thread that a plugin started: nobody waits for it, so the run is stopped in good order.
bool OnThreadFailed(Exception fault)
{
    PluginDiagnostic? diagnostic = PluginThreadFault.Diagnose(fault);
    terminal.Error(diagnostic?.ToString() ?? $"A thread failed. This is a fault of the program, please report it: {fault}");
    threadFailed = diagnostic is null ? ExitCodes.Failed : ExitCodes.Plugin;
    interrupted.Cancel();
    return true;
}
