using System.Globalization;

namespace PluginPrune.Contracts;

/// <summary>
/// A file that the user handed in is not what it must be. Formats and datasets throw it; the host prints its message alone,
/// without a stack, and ends with exit code 2.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>Says what is wrong with a file.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="line">The 1-based line, or null where it is not a text file or the fault has no line.</param>
    /// <param name="problem">What was found, what was wanted, and what to do, in one or two sentences.</param>
    public InputException(string file, int? line, string problem)
        : base(line is null ? $"{file}: {problem}" : string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {problem}"))
    {
        File = file;
        Line = line;
    }

    /// <summary>Whether a dataset simply has not the part that was asked for, or nothing in it: another part may be meant. False for a fault in a file.</summary>
    public bool IsPartMissing { get; init; }

    /// <summary>The path of the file.</summary>
    public string File { get; }

    /// <summary>The 1-based line, or null.</summary>
    public int? Line { get; }
}
