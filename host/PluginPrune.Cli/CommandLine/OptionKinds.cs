using System.CommandLine;
using System.Globalization;
using PluginPrune.Contracts.Options;

namespace PluginPrune.Cli.CommandLine;

/// <summary>Options whose values are checked where they are parsed, so that the message says what is wanted.</summary>
internal static class OptionKinds
{
    /// <summary>A whole number.</summary>
    public static Option<int> Integer(string name, string description, int standard, int minimum, params string[] aliases) => new(name, aliases)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {standard}]"),
        HelpName = "N",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum)
            {
                return number;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number of at least {minimum}, not '{text}'."));
            return standard;
        },
    };

    /// <summary>A number of at least so much.</summary>
    public static Option<double> Number(string name, string description, double standard, double minimum, params string[] aliases) =>
        Real(name, description, standard, number => number >= minimum, string.Create(CultureInfo.InvariantCulture, $"a number of at least {minimum}"), aliases);

    /// <summary>A number above 0.</summary>
    public static Option<double> Positive(string name, string description, double standard) =>
        Real(name, description, standard, static number => number > 0, "a number above 0");

    /// <summary>A number from 0 to 1.</summary>
    public static Option<double> Share(string name, string description, double standard) =>
        Real(name, $"{description}, 0 to 1", standard, static number => number is >= 0 and <= 1, "a number from 0 to 1");

    /// <summary>A number from 0 to 1, but not 1.</summary>
    public static Option<double> ShareBelowOne(string name, string description, double standard) =>
        Real(name, $"{description}, 0 to 1", standard, static number => number is >= 0 and < 1, "a number from 0 to below 1");

    /// <summary>Has the text of an option read where it is parsed, so that what is wrong with it is told before anything is done.</summary>
    /// <param name="option">The option.</param>
    /// <param name="read">Reads the text; what it throws of usage and options becomes the message.</param>
    public static void Check(Option option, Action<string> read) => option.Validators.Add(result =>
    {
        if (result.Tokens is not [var token])
        {
            return;
        }

        try
        {
            read(token.Value);
        }
        catch (Exception error) when (error is UsageException or OptionException)
        {
            result.AddError(error.Message.Contains(option.Name, StringComparison.Ordinal) ? error.Message : $"{option.Name}: {error.Message}");
        }
    });

    private static Option<double> Real(string name, string description, double standard, Func<double, bool> isAllowed, string wanted, params string[] aliases) => new(name, aliases)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {standard}]"),
        HelpName = "X",
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isAllowed(number))
            {
                return number;
            }

            result.AddError($"{name} takes {wanted}, not '{text}'.");
            return standard;
        },
    };

    /// <summary>One of a few words, the first where none is given.</summary>
    public static Option<string> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} [default: {words[0]}]",
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value))
            {
                result.AddError($"{name} takes {string.Join(" or ", words)}, not '{token.Value}'.");
            }
        });
        return option;
    }
}
