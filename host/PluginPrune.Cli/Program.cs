using System.Globalization;
using PluginPrune.Cli;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first one asks, so that nothing half-written stays behind; the second one is the user's last word.
    pressed.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
};

return new HostProgram(Terminal.OfProcess()).Run(args, interrupted.Token);
