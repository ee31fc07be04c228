using System.CommandLine;
using PluginPrune.Cli.CommandLine;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Conversion;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Training;
using PluginPrune.Core.Verification;

namespace PluginPrune.Cli;

/// <summary>Parses, runs, and turns whatever goes wrong into one clear message and an exit code.</summary>
/// <param name="terminal">Where text goes.</param>
internal sealed class HostProgram(Terminal terminal)
{
    /// <summary>What is said of an interruption where this is a step of longer work; null for what the command itself says.</summary>
    public string? WhenInterrupted { get; init; }

    public int Run(string[] args, CancellationToken cancellationToken)
    {
        try
        {
            RootCommand root = CommandTree.Build(args, terminal, cancellationToken);
            // A file whose name begins with '@' is a file, not a list of arguments.
            ParseResult result = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (args.Length == 0 || HelpWriter.IsAskedFor(args))
            {
                HelpWriter.Write(result.CommandResult.Command, terminal.Results);
                return ExitCodes.Done;
            }

            UsageErrors.ThrowIfAny(result);
            return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException stop) when (cancellationToken.IsCancellationRequested)
        {
            terminal.Error(WhenInterrupted ?? (stop is KeptWorkException ? stop.Message : "Interrupted. Nothing was written."));
            return ExitCodes.Interrupted;
        }
        catch (PluginException error)
        {
            foreach (PluginDiagnostic diagnostic in error.Diagnostics)
            {
                terminal.Error(diagnostic.ToString());
            }

            // A name that nobody has is the user's slip, not a plugin's fault.
            return error.Diagnostics[0].Code == DiagnosticCodes.NameUnknown ? ExitCodes.BadInput : ExitCodes.Plugin;
        }
        catch (Exception error) when (CodeOf(error) is { } code)
        {
            terminal.Error(MessageOf(error));
            return code;
        }
#pragma warning disable CA1031 // The last resort: a fault of this program must not look like a crash of the user's shell.
        catch (Exception error)
#pragma warning restore CA1031
        {
            terminal.Error($"This is a fault of the program, please report it: {error}");
            return ExitCodes.Failed;
        }
    }

    private static string MessageOf(Exception error) => error switch
    {
        AggregateException { InnerException: { } inner } => MessageOf(inner),
        OutOfMemoryException => $"There is not enough memory{(error is InsufficientMemoryException ? $": {error.Message.TrimEnd()}" : ".")} A smaller --size or --batch, where there is one, needs less.",
        _ => error.Message,
    };

    /// <summary>The exit code of an expected failure, or null.</summary>
    private static int? CodeOf(Exception error) => error switch
    {
        AggregateException { InnerException: { } inner } => CodeOf(inner),
        UsageException or InputException or EvaluationException or OptionException or MeasurementException or PlanException or CropException or RecalibrationException or ConversionException or NetworkException or HeadException or DistillationException => ExitCodes.BadInput,
        ContributionNotFoundException => ExitCodes.BadInput,
        OutputException { IsBadPlace: true } => ExitCodes.BadInput,
        OutputException or VerificationException or TrainingException or EngineUnavailableException or IOException or UnauthorizedAccessException or NotSupportedException => ExitCodes.Failed,
        OutOfMemoryException => ExitCodes.Failed,
        _ => null,
    };
}
