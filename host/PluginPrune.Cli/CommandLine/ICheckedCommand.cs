using System.CommandLine;

namespace PluginPrune.Cli.CommandLine;

/// <summary>A command of which more can be checked than its line tells, before it is run.</summary>
internal interface ICheckedCommand
{
    /// <summary>Looks whether what the line asks for can be had.</summary>
    /// <param name="result">What was parsed.</param>
    /// <exception cref="UsageException">It cannot; other exceptions where what it names is not there.</exception>
    void Check(ParseResult result);
}
