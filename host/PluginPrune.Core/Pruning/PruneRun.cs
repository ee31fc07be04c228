using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Costs;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Recalibration;
using PluginPrune.Core.Surgery;
using PluginPrune.Core.Verification;

namespace PluginPrune.Core.Pruning;

/// <summary>The main job: reads a model, makes or takes a plan, cuts, verifies, and writes the small model.</summary>
/// <param name="services">What criteria may ask of the host.</param>
/// <param name="time">Measures the steps.</param>
public sealed class PruneRun(IPruningServices services, TimeProvider time)
{
    /// <summary>The key that says of a plan that its rate was nobody's choice: it goes as far as it is free.</summary>
    public const string FreeRate = "freeRate";

    /// <summary>The key that tells which layers the parts are that have rates of their own.</summary>
    public const string Parts = "parts";

    private readonly List<StepTime> _steps = [];

    /// <summary>Told when a step begins: read, plan, cut, verify, recalibrate, measure, write.</summary>
    public Action<string>? StepBegins { get; init; }

    /// <summary>Does it. Nothing is left behind where it fails or is cancelled.</summary>
    /// <param name="settings">What to do.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputException">The model cannot be read, or computes no numbers.</exception>
    /// <exception cref="VerificationException">The small network does not compute what it must.</exception>
    /// <exception cref="OutputException">The output cannot be written.</exception>
    /// <exception cref="PlanException">The plan does not fit.</exception>
    /// <exception cref="RecalibrationException">The small network cannot be fitted to the whole one.</exception>
    public PruneReport Execute(PruneSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _steps.Clear();
        using OutputFolder? output = OutputOf(settings);
        output?.Reserve("plan.json", "report.json");

        Network whole = Step("read", () => settings.Format.Read(settings.Source, cancellationToken));
        CropResult? crop = Crop(settings, whole, cancellationToken);
        Network network = crop?.Network ?? whole;
        whole = crop?.Whole ?? whole;

        // The fingerprint is for plan.json alone; its first use loads a library that takes longer than the hash itself.
        Task<string> architecture = Task.Run(() => ArchitectureHash.Of(network), CancellationToken.None);
        PlanResult result = Step("plan", () => settings.Plan is { } document
            ? new PlanResult(PlanConverter.ToPlan(document, network), null, null, ImmutableSortedDictionary<string, double>.Empty)
            : new PlanMaker(services).Make(network, crop is null ? settings.Request : settings.Request with { Whole = whole }, cancellationToken));
        SurgeryResult surgery = Step("cut", () => NetworkSurgeon.Apply(result.Plan, settings.Source.Threads, cancellationToken));
        Network small = surgery.Network;
        RefuseObstacles(settings, small);

        var folding = FoldingReport.Of(result.Plan, surgery);
        VerificationReport? verification = settings.Engine is { } engine
            ? Step("verify", () => new Verifier(engine) { FindHead = settings.FindHead }.Verify(result.Plan, small, crop, settings.Request.Seed, cancellationToken) with { IsFoldingExact = folding.IsExact })
            : null;
        if (verification is { IsOriginalFinite: false })
        {
            throw new InputException(
                settings.Source.ModelPath, null, "of a generated picture its outputs are no finite numbers, before anything is pruned: its weights are too large for single precision, or damaged. --no-verify leaves the comparison out.");
        }

        if (verification is { Passed: false })
        {
            throw new VerificationException(verification);
        }

        // After the comparisons, which are about what cutting changed.
        string[] told = [];
        if (settings.Activation is { } swap)
        {
            told = [swap.Warning(swap.Count(small))];
            small = swap.Apply(small);
            RefuseObstacles(settings, small);
            verification = Updated(verification);
        }

        RecalibrationReport? recalibrated = null;
        if (settings.Recalibration is { } recalibration)
        {
            RecalibrationResult fitted = Step(recalibration.FitsWeights ? "reconstruct" : "recalibrate", () => recalibration.Apply(result.Plan, small, cancellationToken));
            small = fitted.Network;
            recalibrated = new RecalibrationReport(recalibration.Source, fitted.Pictures, fitted.Layers, fitted.Constant) { Weights = recalibration.FitsWeights ? fitted.Weights : null };
            verification = Updated(verification);
        }

        IEnumerable<string> untrained = [];
        if (settings.SingleClass is { } singleClass)
        {
            small = settings.MakesClassCertain ? singleClass.MakeCertain(small) : small;

            // Where others were cropped, the logit that is left tells its class from them: it was trained, whatever its bias.
            untrained = crop is { AllClasses: > 1 } ? [] : singleClass.FindUntrained(small);
        }

        EvaluationReport? evaluation = settings.Measure is { } measure ? Step("measure", () => measure(whole, small, cancellationToken)) : null;
        NetworkCost before = NetworkCost.Of(whole);
        NetworkCost after = NetworkCost.Of(small);
        ImmutableSortedDictionary<string, string> made = MadeOf(settings, result);
        var report = new PruneReport
        {
            Network = network.Name,
            Made = made,
            Crop = crop is null ? null : CropReport.Of(crop),
            Before = before,
            After = after,
            Plan = PlanConverter.ToDocument(result.Plan, architecture.GetAwaiter().GetResult(), result.BlockScores, made) with { Crop = crop?.Crop, Notes = settings.Plan?.Notes ?? PlannedNote.Of(result.Decision, network, surgery.Network) },
            EnergyRemoved = RemovedEnergy.Of(result.Decision, result.Plan),
            Folding = folding,
            Verification = verification,
            Recalibration = recalibrated,
            Search = RateSearchReport.Of(settings.Request.Target, result),
            Evaluation = evaluation,
            Warnings = [.. told, .. PruneWarnings.Of(before, after, result, settings.Request.Criterion, surgery, verification, recalibrated), .. untrained],
            OutputPath = output?.FullPath,
            Steps = [],
        };
        return output is null ? report with { Steps = [.. _steps] } : Write(settings, small, report, output, cancellationToken);

        VerificationReport? Updated(VerificationReport? found) => found is null ? null : new Verifier(settings.Engine!) { FindHead = settings.FindHead }.Update(found, result.Plan, small, settings.Request.Seed, cancellationToken);
    }

    /// <summary>What goes of the heads goes first: the plan is for what that leaves.</summary>
    private CropResult? Crop(PruneSettings settings, Network whole, CancellationToken cancellationToken)
    {
        if (settings is { Plan: { Crop: null } } or { Plan: null, Crop: null })
        {
            return null;
        }

        var cropper = new NetworkCropper(settings.FindHead ?? throw new InvalidOperationException("Heads are to be cropped, and nothing says what understands them."));
        return Step("crop", () =>
        {
            Network named = settings.NamesOf is { } namesOf ? NetworkCropper.Named(whole, namesOf(whole)) : whole;
            return settings.Plan?.Crop is { } planned ? cropper.Crop(named, planned, cancellationToken) : cropper.Crop(named, settings.Crop!, cancellationToken);
        });
    }

    private static OutputFolder? OutputOf(PruneSettings settings) => settings switch
    {
        { OutputPath: null } => null,
        { NumbersOutput: true } => OutputFolder.MakeNumbered(settings.OutputPath, settings.Stem),
        _ => new OutputFolder(settings.OutputPath, settings.Stem, settings.Overwrites),
    };

    /// <summary>How the plan was made; a rate that was searched for stands in place of the one that the criterion was given.</summary>
    private static ImmutableSortedDictionary<string, string> MadeOf(PruneSettings settings, PlanResult result)
    {
        if (settings.Plan is { } plan)
        {
            // How the plan was made at first stays on record beside where it came from; what came after the cut is no part of it.
            return plan.Made.RemoveRange(["activation", "recalibrate", "recalibrateOn", "recalibrateSeed", "reconstruct", "reconstructOn", "reconstructSeed"]).SetItems(settings.Made);
        }

        ImmutableSortedDictionary<string, string> given = result.Parts is { } parts ? settings.Made.Remove($"criterion.{result.ReplacedOption}").SetItem(Parts, parts) : settings.Made;
        if (result.Rate is not { } rate)
        {
            return given;
        }

        ImmutableSortedDictionary<string, string> made = result.Decision?.Rate is { Option: { } option } found
            ? given.SetItem($"criterion.{option}", found.Text)
            : given.SetItem("rate", rate.ToString("R", CultureInfo.InvariantCulture));
        return settings.Request is { Budget: null or { IsEmpty: true }, Target: null, Round: null } ? made.SetItem(FreeRate, "true") : made;
    }

    private static void RefuseObstacles(PruneSettings settings, Network small)
    {
        if (settings.Format.FindObstacles(small) is [var first, ..] obstacles)
        {
            throw new PlanException(
                $"What this plan makes cannot be written in the model's format: {first}{(obstacles.Length > 1 ? $" And {obstacles.Length - 1} more." : string.Empty)}");
        }
    }

    private PruneReport Write(
        PruneSettings settings, Network small, PruneReport report, OutputFolder output, CancellationToken cancellationToken)
    {
        Step("write", () =>
        {
            settings.Format.Write(small, output, cancellationToken);
            using (Stream plan = output.CreateFile("plan.json"))
            {
                PlanJson.Write(report.Plan, plan);
            }

            if (settings.WriteSidecar is { } writeSidecar)
            {
                writeSidecar(small, report.Evaluation, output);
            }
            else if (report.Crop is { } crop)
            {
                DeploymentSidecar.WriteNames(crop, small, output);
            }

            return true;
        });

        report = report with { Steps = [.. _steps], Files = [.. output.Names, "report.json"] };
        using (Stream stream = output.CreateFile("report.json"))
        {
            PruneReportJson.Write(report, stream);
        }

        cancellationToken.ThrowIfCancellationRequested();
        output.Commit();
        return report;
    }

    private T Step<T>(string name, Func<T> work)
    {
        StepBegins?.Invoke(name);
        long start = time.GetTimestamp();
        T result = work();
        _steps.Add(new StepTime(name, time.GetElapsedTime(start)));
        return result;
    }
}
