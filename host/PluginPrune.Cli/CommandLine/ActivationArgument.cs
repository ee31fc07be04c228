using System.CommandLine;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Cli.CommandLine;

/// <summary>--activation: a cheaper one in the place of those between layers.</summary>
internal static class ActivationArgument
{
    public static Option<string?> Make()
    {
        var option = new Option<string?>("--activation")
        {
            Description = "Put this activation in the place of those between layers, such as relu for silu: faster, and to be fine-tuned, since the network computes something else",
            HelpName = string.Join('|', ActivationSwap.Names),
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ActivationSwap.Find(token.Value) is null)
            {
                result.AddError($"{option.Name} takes {string.Join(", ", ActivationSwap.Names)}, not '{token.Value}'.");
            }
        });
        return option;
    }

    /// <summary>What the command line asks for, or null.</summary>
    public static ActivationSwap? SwapIn(this Option<string?> option, ParseResult result) => result.GetValue(option) is { } name ? ActivationSwap.Find(name) : null;
}
