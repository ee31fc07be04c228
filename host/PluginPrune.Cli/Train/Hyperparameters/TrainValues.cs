using System.CommandLine;
using System.CommandLine.Parsing;

namespace PluginPrune.Cli.Train;

/// <summary>The options of a training: what the command line gives, then what a file of hyperparameters says, then what holds where nothing is said.</summary>
/// <param name="result">What was parsed.</param>
/// <param name="file">The file, or null.</param>
internal sealed class TrainValues(ParseResult result, Hyperparameters? file)
{
    /// <summary>Where an option's value comes from; null where the command has no such option.</summary>
    public OptionResult? ResultOf(Option option) => result.GetResult(option) switch
    {
        { Implicit: false } given => given,
        var standard => file?.ResultOf(option) ?? standard,
    };

    /// <summary>An option's value.</summary>
    public T? Get<T>(Option<T> option) => ResultOf(option) is { } given ? given.GetValueOrDefault<T>() : result.GetValue(option);
}
