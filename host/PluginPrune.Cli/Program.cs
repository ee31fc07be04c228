using System.Globalization;
using System.Runtime.InteropServices;
using PluginPrune.Cli;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

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

return new HostProgram(Terminal.OfProcess()).Run(args, interrupted.Token);

void Stop(PosixSignalContext signal)
{
    // The first one asks, so that nothing half-written stays behind; the second one is the user's last word.
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
