using System.Runtime.ExceptionServices;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Plugins;
using PluginPrune.Core.Images;

namespace PluginPrune.Core.Plugins;

/// <summary>Runs a plugin's code on the host's behalf, so that every failure bears the plugin's name.</summary>
public static class PluginGuard
{
    private const string Remedy = "This is a fault of the plugin: report it to its author, or use another.";

    /// <summary>Runs a plugin's code while it works.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="contribution">Whose code it is.</param>
    /// <param name="doing">What it does, as the subject of a sentence, for instance 'Scoring'.</param>
    /// <param name="work">The code.</param>
    /// <exception cref="PluginException">It threw something that is not in its contract.</exception>
    /// <exception cref="InputException">A file of the user's is at fault.</exception>
    /// <exception cref="OptionException">An option is at fault.</exception>
    /// <exception cref="ContributionNotFoundException">It asked for another contribution that is not there.</exception>
    public static T Call<T>(ContributionInfo contribution, string doing, Func<T> work) =>
        Call(contribution, DiagnosticCodes.WorkThrew, doing, work, CancellationToken.None);

    /// <summary>The same for work that may be told to stop. It runs on a thread of its own, and is left behind where it does not listen.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="contribution">Whose code it is.</param>
    /// <param name="doing">What it does, as the subject of a sentence, for instance 'Scoring'.</param>
    /// <param name="work">The code.</param>
    /// <param name="cancellationToken">The one that the code was given too.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <inheritdoc cref="Call{T}(ContributionInfo, string, Func{T})" path="/exception" />
    public static T Call<T>(ContributionInfo contribution, string doing, Func<T> work, CancellationToken cancellationToken) =>
        Call(contribution, DiagnosticCodes.WorkThrew, doing, () => AbandonableWork.Run(work, cancellationToken), cancellationToken);

    /// <summary>The same for work whose contract names one more exception. It runs on the caller's thread.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <typeparam name="TExpected">The exception that its contract names.</typeparam>
    /// <param name="contribution">Whose code it is.</param>
    /// <param name="doing">What it does, as the subject of a sentence, for instance 'Scoring'.</param>
    /// <param name="work">The code.</param>
    /// <param name="cancellationToken">The one that the code was given too, or none.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <inheritdoc cref="Call{T}(ContributionInfo, string, Func{T})" path="/exception" />
    public static T Call<T, TExpected>(ContributionInfo contribution, string doing, Func<T> work, CancellationToken cancellationToken)
        where TExpected : Exception
    {
        TExpected? expected = null;
        T result = Call(contribution, DiagnosticCodes.WorkThrew, doing, Guarded, cancellationToken);
        if (expected is not null)
        {
            ExceptionDispatchInfo.Throw(expected);
        }

        return result;

        T Guarded()
        {
            try
            {
                return work();
            }
            catch (TExpected fault)
            {
                expected = fault;
                return default!;
            }
        }
    }

    internal static T Call<T>(ContributionInfo contribution, string code, string doing, Func<T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contribution);
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (Exception fault) when (IsInContract(fault, cancellationToken))
        {
            throw;
        }
        catch (Exception fault)
        {
            // The boundary: whatever else a plugin throws is its own failure, told in its own name.
            string subject = $"The {NameLookup.Word(contribution.Kind)} '{contribution.Name}' failed. {doing}";
            throw new PluginException(PluginFault.Diagnose(fault, contribution.PluginId, path: null, code, subject), fault);
        }
    }

    internal static PluginDiagnostic Breach(ContributionInfo contribution, string code, string found) => new(
        code,
        DiagnosticSeverity.Error,
        contribution.PluginId,
        null,
        $"The {NameLookup.Word(contribution.Kind)} '{contribution.Name}' of {contribution.PluginId} {found}.",
        Remedy);

    /// <summary>
    /// To cancel is the user's to say: of a plugin that does so by itself it would pass for the user's word. That no JPEG can be read
    /// on this machine is what the host's own services tell, through the plugin that uses them; and memory is the machine's.
    /// </summary>
    private static bool IsInContract(Exception fault, CancellationToken cancellationToken) =>
        fault is InputException or OptionException or ContributionNotFoundException or PluginException
            or MeasurementException or EngineUnavailableException or UnsupportedNetworkException or EvaluationException or JpegLibraryException or OutOfMemoryException
        || (fault is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
