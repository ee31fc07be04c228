using System.Text;
using Spectre.Console;

namespace PluginPrune.Cli;

/// <summary>Where text goes: results to one stream, everything about them to the other.</summary>
/// <param name="results">Standard output.</param>
/// <param name="diagnostics">Standard error.</param>
/// <param name="isInteractive">Whether a person watches.</param>
internal sealed class Terminal(Stream results, TextWriter diagnostics, bool isInteractive)
{
    private volatile Action<string>? _writer;

    /// <summary>Bytes for JSON; text goes through <see cref="Results"/>.</summary>
    public Stream ResultStream { get; } = new ResultStream(results);

    public TextWriter Results { get; } = new StreamWriter(new ResultStream(results), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };

    public bool IsInteractive { get; } = isInteractive;

    /// <summary>How many letters a line of the screen holds; null where nobody watches.</summary>
    public int? Width => IsInteractive ? AnsiConsole.Profile.Width : null;

    /// <summary>Whether everything but errors is left out.</summary>
    public bool IsQuiet { get; set; }

    public static Terminal OfProcess() =>
        new(Console.OpenStandardOutput(), Console.Error, isInteractive: !Console.IsErrorRedirected);

    /// <summary>The same, with its results going elsewhere.</summary>
    public Terminal WithResults(Stream stream) => new(stream, diagnostics, IsInteractive) { IsQuiet = IsQuiet };

    /// <summary>A step of longer work; shown to a person alone.</summary>
    public void Progress(string text)
    {
        if (IsInteractive && !IsQuiet)
        {
            Say(text);
        }
    }

    /// <summary>Something worth knowing about how the work is done.</summary>
    public void Note(string text)
    {
        if (!IsQuiet)
        {
            Say($"note: {text}");
        }
    }

    public void Warn(string text)
    {
        if (!IsQuiet)
        {
            Say($"warning: {text}");
        }
    }

    public void Error(string text) => Say($"error: {text}");

    /// <summary>While something is drawn on the screen, lines go through who draws it.</summary>
    /// <param name="writer">Takes a line.</param>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable ShowThrough(Action<string> writer)
    {
        _writer = writer;
        return new Shown(this);
    }

    /// <summary>A line beside the results.</summary>
    public void Say(string text)
    {
        try
        {
            (_writer ?? diagnostics.WriteLine)(text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // Standard error is closed or full: there is nobody left to tell, and the exit code still speaks.
        }
    }

    private sealed class Shown(Terminal terminal) : IDisposable
    {
        public void Dispose() => terminal._writer = null;
    }
}
