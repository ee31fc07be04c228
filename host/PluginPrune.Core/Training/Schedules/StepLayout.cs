using System.Collections.Immutable;

namespace PluginPrune.Core.Training;

/// <summary>
/// Which batches are added up for which step. An epoch begins with a new step, and its last one takes what is left, so that a training
/// goes on from any epoch as it would have.
/// </summary>
/// <remarks>
/// Where steps grow in the warm-up they do so as YOLOv5's do: after the batch n of the training as many are added up as lie on the
/// straight line from 1 at its beginning to all at its end, rounded. A picture counts there as much as it will in a whole step, so that
/// a step of fewer pictures moves less far: it is the sum that grows.
/// </remarks>
/// <param name="settings">How it is trained.</param>
/// <param name="pictures">How many pictures an epoch has.</param>
/// <param name="warmUpSteps">How long the warm-up is, in whole steps; fractions count.</param>
internal sealed class StepLayout(TrainerSettings settings, int pictures, double warmUpSteps)
{
    private readonly int _batches = Trainer.Batches(pictures, settings);
    private readonly int _together = Trainer.BatchesOfAStep(settings);
    private readonly int _whole = Trainer.StepsPerEpoch(pictures, settings);

    // The last step of an epoch may have fewer than the others.
    private double WarmUpBatches => warmUpSteps * _batches / _whole;

    /// <summary>The steps of an epoch.</summary>
    /// <param name="epoch">From 0.</param>
    public ImmutableArray<OptimizerStep> Of(int epoch)
    {
        var steps = ImmutableArray.CreateBuilder<OptimizerStep>(_whole);
        int begin = 0;
        for (int end = 1; end <= _batches; end++)
        {
            bool isLast = end == _batches;
            if (!isLast && end - begin < BatchesAfter(epoch, end))
            {
                continue;
            }

            int own = PicturesBefore(end) - PicturesBefore(begin);
            int counted = Grows(epoch, end) ? Math.Max(own, PicturesBefore(_together)) : own;
            double inEpoch = isLast ? _whole : (double)end / _together;
            steps.Add(new OptimizerStep(end, counted, ((double)epoch * _whole) + inEpoch - 1));
            begin = end;
        }

        return steps.ToImmutable();
    }

    /// <summary>How many steps there are before an epoch.</summary>
    /// <param name="epoch">From 0.</param>
    public long Before(int epoch)
    {
        long steps = 0;
        int first = 0;
        for (; first < epoch && Grows(first, 1); first++)
        {
            steps += Of(first).Length;
        }

        return steps + ((long)(epoch - first) * _whole);
    }

    /// <summary>How many batches are added up after one, counted from 1 in its epoch.</summary>
    private int BatchesAfter(int epoch, int end)
    {
        double all = (double)settings.NominalBatch / settings.BatchSize;
        return Grows(epoch, end) ? Math.Max(1, (int)Math.Round(1 + ((all - 1) * NumberOf(epoch, end) / WarmUpBatches))) : _together;
    }

    private bool Grows(int epoch, int end) => settings is { GrowsSteps: true, Sparsity: null } && _together > 1 && warmUpSteps > 0 && NumberOf(epoch, end) <= WarmUpBatches;

    private int PicturesBefore(int batch) => (int)Math.Min(pictures, (long)batch * settings.BatchSize);

    // The number of a batch in the training, from 0.
    private double NumberOf(int epoch, int end) => ((double)epoch * _batches) + end - 1;
}
